import type { ConversationDetail } from '#libs/contracts/index.js';

export type Tab = 'reply' | 'note';

/** What stands to be sent, as the checks see it. */
export interface Draft {
  conversationId: string;
  tab: Tab;
  /** May be empty when something hangs in the tray. */
  text: string;
  detail: ConversationDetail;
}

/** From this place of the text up to (not including) that one. */
export interface Stretch {
  from: number;
  to: number;
}

/** What can be done in the composer without looking at what stands there. */
export interface Hands extends Pick<Draft, 'conversationId' | 'tab'> {
  /** What stands in the field now. */
  words: () => string;
  /** In place of the selection, or of a stretch of the text. The cursor stands behind it; Ctrl+Z takes it back. */
  insert: (words: string, stretch?: Stretch) => void;
  focus: () => void;
}

/** What the parts of the composer know of it and may do in it. */
export interface Writing extends Draft, Hands {}

/** As if it had been typed: the field's own undo knows it, and its listeners hear it. */
export function insertInto(field: HTMLTextAreaElement, words: string, stretch?: Stretch): void {
  field.focus();
  if (stretch) field.setSelectionRange(stretch.from, stretch.to);
  // Deprecated, and the only way that keeps Ctrl+Z.
  if (document.execCommand(words === '' ? 'delete' : 'insertText', false, words)) return;
  field.setRangeText(words, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
