import type { Content, Suggestion } from './content.js';
import { previewOf } from './content.js';
import type { BotMessageState, CustomerMessageState, Entry } from './entry.js';
import type { Thread } from './thread.js';

/** A message as the phone shows it. */
export interface ShownMessage {
  id: string;
  /** Rises within the thread; sort by it. */
  place: number;
  from: 'customer' | 'bot';
  at: string;
  state: BotMessageState | CustomerMessageState;
  content: Content;
  suggestions: Suggestion[];
}

export function presentEntry(entry: Entry): ShownMessage {
  return {
    id: entry.id,
    place: entry.place ?? 0,
    from: entry.from,
    at: entry.from === 'bot' ? (entry.states.find(({ state }) => state === 'delivered')?.at ?? entry.at) : entry.at,
    state: entry.state,
    content: entry.content,
    suggestions: entry.from === 'bot' ? entry.suggestions : [],
  };
}

/** One line of the list: the thread of a handset with one account. */
export interface ThreadSummary {
  botId: string;
  unread: number;
  last: { from: 'customer' | 'bot'; type: Content['type']; preview: string; sticker: boolean; at: string } | null;
}

export function presentThread(thread: Thread): ThreadSummary {
  const last = thread.shown.at(-1);
  let unread = 0;
  for (let index = thread.shown.length - 1; index >= 0; index -= 1) {
    const entry = thread.shown[index];
    // Reading always reaches back to the beginning, so what is older than the last read one has been seen.
    if (entry?.from === 'bot') {
      if (entry.seen) break;
      unread += 1;
    }
  }
  return {
    botId: thread.botId,
    unread,
    last: last
      ? {
          from: last.from,
          type: last.content.type,
          preview: previewOf(last.content),
          sticker: last.content.type === 'media' && last.content.sticker !== undefined,
          at: presentEntry(last).at,
        }
      : null,
  };
}
