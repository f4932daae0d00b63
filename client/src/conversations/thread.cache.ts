import type { MessageEvent, MessagePage, MessageView } from '#libs/contracts/index.js';

/**
 * The loaded stretch of one conversation: a window of history, by `seq` without gaps, that always reaches to its live end.
 *
 * Every message and every change of one raises the conversation's counter. `lastChange` says up to where this thread has
 * taken it all in: an event that joins it is applied, an old one is ignored, a later one waits in `ahead` until the missing
 * ones come or a repair (`changedAfter=lastChange`) brings them.
 */
export interface Thread {
  conversationId: string;
  messages: MessageView[];
  /** Messages older than the window exist. */
  hasOlder: boolean;
  lastSeq: number;
  lastChange: number;
  /** Events beyond a gap, by `from` ascending. */
  ahead: MessageEvent[];
}

export function emptyThread(conversationId: string): Thread {
  return { conversationId, messages: [], hasOlder: false, lastSeq: 0, lastChange: 0, ahead: [] };
}

/** A fresh fetch of the newest page becomes a thread. */
export function threadFromPage(conversationId: string, page: MessagePage): Thread {
  return {
    conversationId,
    messages: [...page.messages].sort((a, b) => a.seq - b.seq),
    hasOlder: page.hasMore,
    lastSeq: page.lastSeq,
    lastChange: page.lastChange,
    ahead: [],
  };
}

/** `message:created` and `message:changed` alike. `gap`: something is missing; ask for it when it does not come by itself. */
export function applyMessage(thread: Thread, event: MessageEvent): { thread: Thread; gap: boolean } {
  const { message } = event;
  if (event.conversationId !== thread.conversationId || message.change <= thread.lastChange) {
    return { thread, gap: thread.ahead.length > 0 };
  }
  if (event.from > thread.lastChange + 1) {
    const known = thread.ahead.some((waiting) => waiting.message.change === message.change);
    const ahead = known ? thread.ahead : [...thread.ahead, event].sort((a, b) => a.from - b.from);
    return { thread: known ? thread : { ...thread, ahead }, gap: true };
  }
  const next = drain(take({ ...thread, lastChange: message.change }, [message]));
  return { thread: next, gap: next.ahead.length > 0 };
}

/**
 * A repair: what changed after `since`. Only an answer that joins what is known without a hole may raise the counter.
 */
export function applyChanges(thread: Thread, page: MessagePage, since: number): { thread: Thread; gap: boolean } {
  const reaches = page.hasMore ? Math.max(since, ...page.messages.map((message) => message.change)) : page.lastChange;
  const joined = since <= thread.lastChange ? Math.max(thread.lastChange, reaches) : thread.lastChange;
  const next = drain(take({ ...thread, lastChange: joined }, page.messages));
  return { thread: next, gap: next.ahead.length > 0 };
}

/**
 * An older page goes in front. Changes of its messages that were heard while it travelled had no place yet, so a page
 * behind the thread takes the counter back with it: `gap` then asks for the repair that brings them again.
 */
export function prependPage(thread: Thread, page: MessagePage): { thread: Thread; gap: boolean } {
  const first = thread.messages[0]?.seq ?? Number.POSITIVE_INFINITY;
  const older = page.messages.filter((message) => message.seq < first).sort((a, b) => a.seq - b.seq);
  const behind = page.lastChange < thread.lastChange;
  const next: Thread = {
    ...thread,
    messages: older.length > 0 ? [...older, ...thread.messages] : thread.messages,
    hasOlder: page.hasMore,
    lastChange: Math.min(thread.lastChange, page.lastChange),
  };
  return { thread: next, gap: behind || next.ahead.length > 0 };
}

/** The answer to a command of our own (a post, a retry): shown at once; the counter waits for the event itself. */
export function applyAnswer(thread: Thread, message: MessageView): Thread {
  const last = thread.messages.at(-1)?.seq ?? 0;
  // A message beyond the next place would leave a visible hole; its event brings it in order.
  return message.seq > last + 1 ? thread : take(thread, [message]);
}

/** Where the first message stands that no assignee has had on screen; null when there is none in the window. */
export function firstUnreadSeq(thread: Thread, readSeq: number): number | null {
  const found = thread.messages.find((message) => message.seq > readSeq && message.author.kind === 'customer');
  return found?.seq ?? null;
}

function drain(thread: Thread): Thread {
  let { lastChange } = thread;
  const due: MessageView[] = [];
  const ahead: MessageEvent[] = [];
  for (const event of thread.ahead) {
    if (event.message.change <= lastChange) continue;
    if (event.from <= lastChange + 1) {
      lastChange = event.message.change;
      due.push(event.message);
    } else {
      ahead.push(event);
    }
  }
  if (ahead.length === thread.ahead.length) return thread;
  return take({ ...thread, lastChange, ahead }, due);
}

/** Puts messages in their places. The newest version of a message wins; what is older than the window stays outside. */
function take(thread: Thread, news: MessageView[]): Thread {
  if (news.length === 0) return thread;
  const messages = [...thread.messages];
  let { lastSeq } = thread;
  const first = messages[0]?.seq;
  for (const message of news) {
    lastSeq = Math.max(lastSeq, message.seq);
    if (first !== undefined && message.seq < first && thread.hasOlder) continue;
    const place = placeOf(messages, message.seq);
    const known = messages[place];
    if (known?.seq !== message.seq) messages.splice(place, 0, message);
    else if (message.change > known.change) messages[place] = message;
  }
  return { ...thread, messages, lastSeq };
}

/** Index of the message with this `seq`, or where it belongs. Searched from the end, where news arrive. */
function placeOf(messages: MessageView[], seq: number): number {
  let place = messages.length;
  while (place > 0 && (messages[place - 1]?.seq ?? 0) >= seq) place -= 1;
  return place;
}
