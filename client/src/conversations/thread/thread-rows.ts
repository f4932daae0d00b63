import type { MessageView } from '#libs/contracts/index.js';
import { botStretches, type BotStretch } from '../../bots/bot-stretches.js';
import type { Unsent } from '../../outbox/outbox.js';
import { dayKey } from '../../time/format.js';
import type { Thread } from '../thread.cache.js';

export type ThreadRow =
  | { type: 'start'; key: 'start' }
  | { type: 'day'; key: string; at: number }
  | { type: 'unread'; key: 'unread' }
  /** What a bot said to the customer, in one line; what it holds follows while it is open. */
  | { type: 'fold'; key: string; stretch: BotStretch; opened: boolean }
  | { type: 'message'; key: string; message: MessageView; joined: boolean; folded?: true; offered?: string }
  | { type: 'unsent'; key: string; unsent: Unsent; joined: boolean };

export interface Folding {
  /** Keys of the stretches with a bot that were opened. */
  opened?: ReadonlySet<string>;
  /** What came to its end behind this place was being read: it is not folded under anybody's eyes. */
  upTo?: number | undefined;
}

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
  { opened = new Set(), upTo = Number.POSITIVE_INFINITY }: Folding = {},
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

  const stretches = botStretches(thread.messages).filter(({ end }) => end <= upTo);
  for (const message of thread.messages) {
    const at = Date.parse(message.at);
    if (message.clientId !== null) stored.add(message.clientId);
    while (stretches[0] && stretches[0].to < message.seq) stretches.shift();
    const stretch = stretches[0] && stretches[0].from <= message.seq ? stretches[0] : null;
    const isOpen = stretch !== null && opened.has(stretch.key);
    if (stretch === null || isOpen || message.seq === stretch.from) turn(at);
    // Before a stretch, open or not: nothing above what is pressed may move.
    const unreadIn = stretch ? unreadFrom !== null && unreadFrom >= stretch.from && unreadFrom <= stretch.to : false;
    if (unreadIn ? message.seq === stretch?.from : message.seq === unreadFrom) {
      before = null;
      rows.push({ type: 'unread', key: 'unread' });
    }
    if (message.seq === stretch?.from) {
      before = null;
      rows.push({ type: 'fold', key: stretch.key, stretch, opened: isOpen });
    }
    if (stretch !== null && !isOpen) continue;
    if (stoodFirst.has(message.seq)) before = null;
    const author = `${message.kind}:${message.author.kind}:${message.author.id ?? ''}`;
    rows.push({
      type: 'message',
      key: message.clientId ?? message.id,
      message,
      joined: joins(author, at),
      ...(stretch === null ? {} : { folded: true }),
      ...offeredBy(thread.messages, message),
    });
    if (message.seq === stretch?.to) before = null;
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

/** What a chip was chosen under, where that is not the line just above. */
function offeredBy(messages: readonly MessageView[], { content, seq }: MessageView): { offered?: string } {
  if (content.type !== 'press' || content.of === undefined || content.of === seq - 1) return {};
  const { of } = content;
  const found = messages.find((message) => message.seq === of)?.content;
  return found?.type === 'text' ? { offered: found.text } : {};
}
