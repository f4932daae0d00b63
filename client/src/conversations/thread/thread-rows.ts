import type { MessageView } from '#libs/contracts/index.js';
import type { Unsent } from '../../outbox/outbox.js';
import { dayKey } from '../../time/format.js';
import type { Thread } from '../thread.cache.js';

export type ThreadRow =
  | { type: 'start'; key: 'start' }
  | { type: 'day'; key: string; at: number }
  | { type: 'unread'; key: 'unread' }
  | { type: 'message'; key: string; message: MessageView; joined: boolean }
  | { type: 'unsent'; key: string; unsent: Unsent; joined: boolean };

/** Messages of one author so close together read as one turn. */
const JOINED_MS = 3 * 60_000;

/**
 * What the thread shows, top to bottom. Keys stay the same when older pages come in front and when an unsent message
 * becomes a stored one, so that nothing moves and nothing is drawn anew.
 */
export function threadRows(
  thread: Thread,
  unsent: readonly Unsent[],
  unreadFrom: number | null,
  timeZone?: string,
  /** Places that stood first before older ones came in front: they keep the look they had. */
  stoodFirst: ReadonlySet<number> = new Set(),
): ThreadRow[] {
  const rows: ThreadRow[] = thread.hasOlder ? [] : [{ type: 'start', key: 'start' }];
  const stored = new Set<string>();
  let day: string | null = null;
  let before: { author: string; at: number } | null = null;

  // While older messages exist the first day is not told: its line would have to move when they come.
  const first = thread.messages[0];
  if (first && thread.hasOlder) day = dayKey(Date.parse(first.at), timeZone);

  const turn = (at: number) => {
    const today = dayKey(at, timeZone);
    if (today === day) return;
    day = today;
    before = null;
    rows.push({ type: 'day', key: `day-${today}`, at });
  };
  const joins = (author: string, at: number) => {
    const joined = before?.author === author && at - before.at < JOINED_MS;
    before = { author, at };
    return joined;
  };

  for (const message of thread.messages) {
    const at = Date.parse(message.at);
    if (message.clientId !== null) stored.add(message.clientId);
    turn(at);
    if (message.seq === unreadFrom) {
      before = null;
      rows.push({ type: 'unread', key: 'unread' });
    }
    if (stoodFirst.has(message.seq)) before = null;
    const author = `${message.kind}:${message.author.kind}:${message.author.id ?? ''}`;
    rows.push({ type: 'message', key: message.clientId ?? message.id, message, joined: joins(author, at) });
  }
  for (const each of unsent) {
    if (each.conversationId !== thread.conversationId || stored.has(each.clientId)) continue;
    turn(each.writtenAt);
    rows.push({
      type: 'unsent',
      key: each.clientId,
      unsent: each,
      joined: joins(`unsent:${each.kind}`, each.writtenAt),
    });
  }
  // Two stretches of one day (a carrier's clock went back) need keys of their own.
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const times = (seen.get(row.key) ?? 0) + 1;
    seen.set(row.key, times);
    return times === 1 || row.type !== 'day' ? row : { ...row, key: `${row.key}-${times}` };
  });
}
