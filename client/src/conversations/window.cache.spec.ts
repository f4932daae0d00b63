import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageEvent, MessagePage, MessageView } from '#libs/contracts/index.js';
import { applyChanges, applyMessage, threadFromPage, type Thread } from './thread.cache.js';
import {
  applyChangesToWindow,
  applyMessageToWindow,
  extendWindow,
  joinWindow,
  meets,
  windowFromPage,
  type PastWindow,
} from './window.cache.js';

const CONVERSATION = '7';
const PAGE = 4;

function message(seq: number, change: number): MessageView {
  return {
    id: String(1000 + seq),
    conversationId: CONVERSATION,
    contactId: '1',
    seq,
    change,
    clientId: null,
    kind: 'message',
    author: { kind: 'customer', id: null, name: null },
    content: { type: 'text', text: `${seq}@${change}` },
    delivery: null,
    at: '2026-03-01T05:05:00.000Z',
  };
}

/** The server's side, and which of its events have been heard. */
class Conversation {
  readonly messages: MessageView[] = [];
  lastChange = 0;

  constructor(length: number) {
    for (let n = 0; n < length; n += 1) this.write();
  }

  write(): MessageEvent {
    this.lastChange += 1;
    this.messages.push(message(this.messages.length + 1, this.lastChange));
    return this.event(this.messages.at(-1)!);
  }

  touch(place: number): MessageEvent {
    this.lastChange += 1;
    const index = place % this.messages.length;
    this.messages[index] = message(index + 1, this.lastChange);
    return this.event(this.messages[index]);
  }

  end(): MessagePage {
    return this.page(this.messages.slice(-PAGE), this.messages.length > PAGE);
  }

  around(seq: number): MessagePage {
    const after = Math.max(0, seq - 1 - PAGE / 2);
    return this.page(this.messages.slice(after, after + PAGE), after > 0);
  }

  before(seq: number): MessagePage {
    return this.page(this.messages.slice(Math.max(0, seq - 1 - PAGE), seq - 1), seq - 1 > PAGE);
  }

  after(seq: number): MessagePage {
    return this.page(this.messages.slice(seq, seq + PAGE), seq + PAGE < this.messages.length);
  }

  changedAfter(change: number): MessagePage {
    const changed = this.messages.filter((known) => known.change > change).sort((a, b) => a.change - b.change);
    return this.page(changed, false);
  }

  private page(messages: MessageView[], hasMore: boolean): MessagePage {
    return { messages: [...messages], lastSeq: this.messages.length, lastChange: this.lastChange, hasMore };
  }

  private event(touched: MessageView): MessageEvent {
    return { conversationId: CONVERSATION, message: touched, from: touched.change };
  }
}

type Step =
  { does: 'write' | 'before' | 'after' | 'late' } | { does: 'touch'; place: number } | { does: 'lose'; place: number };

const steps = fc.array(
  fc.oneof(
    fc.constantFrom<Step>({ does: 'write' }, { does: 'before' }, { does: 'after' }, { does: 'late' }),
    fc.record({ does: fc.constant('touch' as const), place: fc.nat(60) }),
    fc.record({ does: fc.constant('lose' as const), place: fc.nat(60) }),
  ),
  { maxLength: 40 },
);

function repaired(thread: Thread, window: PastWindow, conversation: Conversation): [Thread, PastWindow] {
  const page = conversation.changedAfter(thread.lastChange);
  return [applyChanges(thread, page, thread.lastChange).thread, applyChangesToWindow(window, page, thread.lastChange)];
}

describe('a stretch of an earlier time', () => {
  it('grows, hears of its messages, and has no gap', () => {
    const conversation = new Conversation(40);
    let window = windowFromPage(CONVERSATION, '1020', conversation.around(20));
    expect(window.messages.map(({ seq }) => seq)).toEqual([18, 19, 20, 21]);
    window = extendWindow(window, conversation.before(18), 'before');
    window = extendWindow(window, conversation.after(21), 'after');
    expect(window.messages.map(({ seq }) => seq)).toEqual([14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25]);
    window = applyMessageToWindow(window, conversation.touch(19));
    expect(window.messages.find(({ seq }) => seq === 20)?.change).toBe(41);
    const before = window;
    expect(applyMessageToWindow(before, conversation.write()).messages).toBe(before.messages);
  });

  it('becomes, with the thread, what a fresh fetch of the whole gives, whatever was heard, missed or late', () => {
    fc.assert(
      fc.property(fc.integer({ min: 12, max: 60 }), fc.nat(60), steps, (length, at, all) => {
        const conversation = new Conversation(length);
        let thread = threadFromPage(CONVERSATION, conversation.end());
        let window = windowFromPage(CONVERSATION, 'x', conversation.around(1 + (at % length)));
        let late: { page: MessagePage; side: 'before' | 'after' } | null = null;
        const hear = (event: MessageEvent) => {
          window = applyMessageToWindow(window, event);
          const { thread: next, gap } = applyMessage(thread, event);
          thread = next;
          if (gap) [thread, window] = repaired(thread, window, conversation);
        };
        for (const step of all) {
          const [first, last] = [window.messages[0]!.seq, window.messages.at(-1)!.seq];
          if (step.does === 'write') hear(conversation.write());
          else if (step.does === 'touch') hear(conversation.touch(step.place));
          else if (step.does === 'lose') conversation.touch(step.place);
          else if (step.does === 'late') {
            // It was asked for before what is heard next, and arrives after it.
            late ??= { page: conversation.after(last), side: 'after' };
          } else if (late) {
            window = extendWindow(window, late.page, late.side);
            late = null;
          } else {
            const page = step.does === 'before' ? conversation.before(first) : conversation.after(last);
            window = extendWindow(window, page, step.does);
          }
        }
        while (!meets(window, thread)) {
          window = extendWindow(window, conversation.after(window.messages.at(-1)!.seq), 'after');
        }
        thread = joinWindow(thread, window).thread;
        thread = applyChanges(thread, conversation.changedAfter(thread.lastChange), thread.lastChange).thread;
        const from = thread.messages[0]!.seq;
        expect(thread.messages).toEqual(conversation.messages.slice(from - 1));
        expect(thread.hasOlder).toBe(from > 1);
        expect([thread.lastSeq, thread.lastChange]).toEqual([conversation.messages.length, conversation.lastChange]);
      }),
    );
  });
});
