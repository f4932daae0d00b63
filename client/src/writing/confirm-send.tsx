import type { ConversationRow, QueueSummary } from '#libs/contracts/index.js';
import { later } from '../console/later.js';
import type { SendCheck } from '../conversations/composer/send-check.js';
import { queryClient } from '../desk.js';
import { queuesQuery } from '../queues/queries.js';
import { preferences } from '../settings/preferences.js';
import type { ConfirmSendProps } from './confirm-send-dialog.js';
import { queueAsks } from './queue-asks.js';

const ConfirmSendDialog = later<ConfirmSendProps>(() =>
  import('./confirm-send-dialog.js').then((module) => module.ConfirmSendDialog),
);

/** 送信内容確認, where the agent or the queue wants it. Last of all checks: what it shows is what goes out. */
export const confirmSend: SendCheck = async (draft, ask) => {
  if (draft.tab !== 'reply') return true;
  if (!preferences.get().confirmSend && !(await isAskedFor(draft.detail.conversation))) return true;
  return ask<boolean>((answer) => <ConfirmSendDialog draft={draft} onAnswer={answer} onClose={() => answer(false)} />);
};

/** Without a line nobody is kept from writing. */
async function isAskedFor(row: ConversationRow): Promise<boolean> {
  const query = queuesQuery();
  const known: QueueSummary[] =
    queryClient.getQueryData(query.queryKey) ??
    (await queryClient.fetchQuery({ ...query, retry: false }).catch(() => []));
  return queueAsks(row, known);
}
