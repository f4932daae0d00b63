import { chipsPart } from '../../canned/chips-part.js';
import { mentionTray } from '../../writing/mention-tray.js';
import { unfilledPart } from '../../canned/unfilled-part.js';
import { attachmentTray } from '../../media/attachment-tray.js';
import type { TrayPart } from './tray-part.js';
import type { Draft, Tab, Writing } from './writing.js';

/** What hangs above the field, from top to bottom. */
const parts: readonly TrayPart[] = [attachmentTray, unfilledPart, chipsPart, mentionTray];

export function Tray({ writing }: { writing: Writing }) {
  return parts.map(({ name, View }) => <View key={name} writing={writing} />);
}

export function useTrayHolds(conversationId: string, tab: Tab): boolean {
  // The list never changes, so neither does the order of the hooks.
  // eslint-disable-next-line react-hooks/rules-of-hooks
  return parts.map(({ useHolds }) => useHolds(conversationId, tab)).some(Boolean);
}

export function sendTray(draft: Draft): void {
  for (const part of parts) part.send(draft);
}
