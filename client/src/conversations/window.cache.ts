import type { MessageEvent, MessagePage, MessageView } from '#libs/contracts/index.js';
import type { Thread } from './thread.cache.js';

/**
 * A stretch of an earlier time, read around one message: by `seq` without gaps, and not reaching to the live end. Beside it
 * the thread goes on being kept live; when the stretch has grown until it meets the thread, the two become one.
 *
 * `lastChange` is as in a thread: up to there every change of these messages is known.
 */
export interface PastWindow {
  conversationId: string;
  /** The message that was jumped to. */
  target: string;
  messages: MessageView[];
  hasOlder: boolean;
  lastChange: number;
}

export function windowFromPage(conversationId: string, target: string, page: MessagePage): PastWindow {
  return {
    conversationId,
    target,
    messages: page.messages.toSorted((a, b) => a.seq - b.seq),
    hasOlder: page.hasMore,
    lastChange: page.lastChange,
  };
}

/** News of what it shows. What is new in the thread stands after it, and is the thread's. */
export function applyMessageToWindow(window: PastWindow, event: MessageEvent): PastWindow {
  const { message } = event;
  if (event.conversationId !== window.conversationId || message.change <= window.lastChange) return window;
  const joins = event.from <= window.lastChange + 1;
  const messages = replaced(window.messages, [message]);
  if (messages === window.messages && !joins) return window;
  return { ...window, messages, lastChange: joins ? message.change : window.lastChange };
}

/** What changed after `since`, as the thread is repaired by it. */
export function applyChangesToWindow(window: PastWindow, page: MessagePage, since: number): PastWindow {
  const reaches = page.hasMore ? Math.max(since, ...page.messages.map(({ change }) => change)) : page.lastChange;
  const lastChange = since <= window.lastChange ? Math.max(window.lastChange, reaches) : window.lastChange;
  return { ...window, messages: replaced(window.messages, page.messages), lastChange };
}

/**
 * A page before or after. It may have been read before changes that were heard meanwhile, and had no place for them: the
 * counter goes back with it, and joining the thread asks for what came since.
 */
export function extendWindow(window: PastWindow, page: MessagePage, side: 'before' | 'after'): PastWindow {
  const first = window.messages[0]?.seq ?? 0;
  const last = window.messages.at(-1)?.seq ?? 0;
  const lastChange = Math.min(window.lastChange, page.lastChange);
  const fresh = page.messages
    .filter(({ seq }) => (side === 'before' ? seq < first : seq > last))
    .toSorted((a, b) => a.seq - b.seq);
  return side === 'before'
    ? { ...window, messages: [...fresh, ...window.messages], hasOlder: page.hasMore, lastChange }
    : { ...window, messages: [...window.messages, ...fresh], lastChange };
}

/** They overlap, or stand side by side. */
export function meets(window: PastWindow, thread: Thread): boolean {
  const end = window.messages.at(-1)?.seq ?? 0;
  const begin = thread.messages[0]?.seq;
  return begin === undefined ? end >= thread.lastSeq : end >= begin - 1;
}

/**
 * One thread of both. Changes of the older messages may be missing up to the window's own counter, so the thread's goes back
 * to it: `gap` asks for the repair that brings them, as it does when an older page comes in front.
 */
export function joinWindow(thread: Thread, window: PastWindow): { thread: Thread; gap: boolean } {
  const known = new Map(thread.messages.map((message) => [message.seq, message]));
  const first = thread.messages[0]?.seq ?? Number.POSITIVE_INFINITY;
  const front = window.messages.filter(({ seq }) => seq < first);
  const newer = new Map(
    window.messages.filter(({ seq, change }) => change > (known.get(seq)?.change ?? Infinity)).map((m) => [m.seq, m]),
  );
  const messages = [...front, ...thread.messages.map((message) => newer.get(message.seq) ?? message)];
  const behind = window.lastChange < thread.lastChange;
  const next: Thread = {
    ...thread,
    messages,
    hasOlder: front.length > 0 ? window.hasOlder : thread.hasOlder,
    lastChange: Math.min(thread.lastChange, window.lastChange),
  };
  return { thread: next, gap: behind || next.ahead.length > 0 };
}

/** Drawn as a thread whose end is somewhere else. */
export function threadOfWindow(window: PastWindow, thread: Thread): Thread {
  return { ...thread, messages: window.messages, hasOlder: window.hasOlder };
}

function replaced(messages: MessageView[], news: readonly MessageView[]): MessageView[] {
  const newer = new Map<number, MessageView>();
  for (const message of news) newer.set(message.seq, message);
  let changed = false;
  const next = messages.map((message) => {
    const fresh = newer.get(message.seq);
    if (!fresh || fresh.change <= message.change) return message;
    changed = true;
    return fresh;
  });
  return changed ? next : messages;
}
