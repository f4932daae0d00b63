import type { ComponentType } from 'react';
import type { Draft, Tab, Writing } from './writing.js';

/** Something that hangs above the field and leaves with the next send. */
export interface TrayPart {
  name: string;
  View: ComponentType<{ writing: Writing }>;
  /** Something hangs here: an empty field may be sent. */
  useHolds: (conversationId: string, tab: Tab) => boolean;
  /** Every check has passed. Called before the words go, in the order of this list. */
  send: (draft: Draft) => void;
}

const parts: readonly TrayPart[] = [];

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
