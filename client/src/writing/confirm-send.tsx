import { later } from '../console/later.js';
import type { SendCheck } from '../conversations/composer/send-check.js';
import { preferences } from '../settings/preferences.js';
import type { ConfirmSendProps } from './confirm-send-dialog.js';

const ConfirmSendDialog = later<ConfirmSendProps>(() =>
  import('./confirm-send-dialog.js').then((module) => module.ConfirmSendDialog),
);

/** 送信内容確認, where the agent wants it. Last of all checks: what it shows is what goes out. */
export const confirmSend: SendCheck = (draft, ask) => {
  if (draft.tab !== 'reply' || !preferences.get().confirmSend) return true;
  return ask<boolean>((answer) => <ConfirmSendDialog draft={draft} onAnswer={answer} onClose={() => answer(false)} />);
};
