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
