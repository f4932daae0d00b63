import type { ConversationDetail, ConversationRow } from '#libs/contracts/index.js';

/** What every message that comes changes of its conversation, and only the thread and the list show. */
const byMessages = new Set<keyof ConversationRow>([
  'version',
  'lastMessage',
  'unread',
  'lastActivityAt',
  'lastSeq',
  'lastChange',
  'readSeq',
]);
/** What every pause in one's own writing changes, and only the composer shows. */
const byWriting = new Set<keyof ConversationDetail>(['draft', 'drafted']);

interface Props {
  detail: ConversationDetail;
}

/** For `memo`: what stands around the thread is not drawn anew for each message, or while one writes. */
export function unmoved<P extends Props>(before: P, after: P): boolean {
  return same(before, after, byWriting);
}

/** The same for the composer, which shows the draft. */
export function unmovedButDraft<P extends Props>(before: P, after: P): boolean {
  return same(before, after, new Set());
}

function same<P extends Props>(before: P, after: P, besides: ReadonlySet<keyof ConversationDetail>): boolean {
  const { detail: one, ...rest } = before;
  const { detail: other, ...others } = after;
  if (!alike(rest, others, new Set())) return false;
  if (!alike(one, other, new Set([...besides, 'conversation']))) return false;
  return alike(one.conversation, other.conversation, byMessages);
}

/** The cache keeps what stayed the same as the same object. */
function alike<T extends object>(one: T, other: T, besides: ReadonlySet<keyof T>): boolean {
  const names = Object.keys({ ...one, ...other }) as (keyof T)[];
  return names.every((name) => besides.has(name) || Object.is(one[name], other[name]));
}
