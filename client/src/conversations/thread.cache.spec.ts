import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessagePage, MessageView } from '#libs/contracts/index.js';
import {
  applyAnswer,
  applyChanges,
  applyMessage,
  emptyThread,
  firstUnreadSeq,
  prependPage,
  threadFromPage,
  type Thread,
} from './thread.cache.js';

const CONVERSATION = '7';

function message(seq: number, change: number, text = `${seq}@${change}`): MessageView {
  return {
    id: String(1000 + seq),
    conversationId: CONVERSATION,
    contactId: '1',
    seq,
    change,
    clientId: null,
    kind: 'message',
    author: { kind: seq % 2 === 0 ? 'agent' : 'customer', id: null, name: null },
    content: { type: 'text', text },
    delivery: null,
    at: '2026-03-01T05:05:00.000Z',
  };
}

/** The server's side of one conversation, as small as the counter rule itself. */
class Conversation {
  readonly messages: MessageView[] = [];
  readonly events: MessageView[] = [];
  lastChange = 0;

  write(): void {
    this.lastChange += 1;
    const made = message(this.messages.length + 1, this.lastChange);
    this.messages.push(made);
    this.events.push(made);
  }

  touch(place: number): void {
    const index = this.messages.length === 0 ? -1 : place % this.messages.length;
    const old = this.messages[index];
    if (!old) return;
    this.lastChange += 1;
    const changed = message(old.seq, this.lastChange);
    this.messages[index] = changed;
    this.events.push(changed);
  }

  page(before = Number.POSITIVE_INFINITY, limit = 5): MessagePage {
    const older = this.messages.filter((known) => known.seq < before);
    return this.answer(older.slice(-limit), older.length > limit);
  }

  changedAfter(change: number, limit = 3): MessagePage {
    const changed = this.messages.filter((known) => known.change > change).sort((a, b) => a.change - b.change);
    return this.answer(changed.slice(0, limit), changed.length > limit);
  }

  private answer(messages: MessageView[], hasMore: boolean): MessagePage {
    return { messages: [...messages], lastSeq: this.messages.length, lastChange: this.lastChange, hasMore };
  }
}

function repaired(thread: Thread, conversation: Conversation): Thread {
  let current = thread;
  let since = thread.lastChange;
  for (;;) {
    const page = conversation.changedAfter(since);
    current = applyChanges(current, page, since).thread;
    if (!page.hasMore) return current;
    since = Math.max(...page.messages.map((known) => known.change));
  }
}

const event = (view: MessageView, from = view.change) => ({ conversationId: CONVERSATION, message: view, from });

describe('the thread a browser keeps', () => {
  it('applies the event that is one ahead and ignores what it already knows', () => {
    const first = applyMessage(emptyThread(CONVERSATION), event(message(1, 1)));
    expect(first.gap).toBe(false);
    expect(first.thread.messages).toHaveLength(1);
    expect(applyMessage(first.thread, event(message(1, 1, 'again'))).thread).toBe(first.thread);
  });

  it('holds an event beyond a gap back until the missing one arrives', () => {
    const ahead = applyMessage(emptyThread(CONVERSATION), event(message(2, 2)));
    expect(ahead.gap).toBe(true);
    expect(ahead.thread.messages).toHaveLength(0);
    const closed = applyMessage(ahead.thread, event(message(1, 1)));
    expect(closed.gap).toBe(false);
    expect(closed.thread.messages.map((known) => known.seq)).toEqual([1, 2]);
    expect(closed.thread.lastChange).toBe(2);
  });

  it('takes an event that covers several changes where it joins, and holds it back where it does not', () => {
    const thread = applyMessage(emptyThread(CONVERSATION), event(message(1, 1))).thread;
    const joined = applyMessage(thread, event(message(1, 4), 2));
    expect(joined).toMatchObject({ gap: false, thread: { lastChange: 4 } });
    expect(applyMessage(thread, event(message(1, 4), 3)).gap).toBe(true);
  });

  it('only counts a change of a message older than the window', () => {
    const conversation = new Conversation();
    for (let index = 0; index < 9; index += 1) conversation.write();
    const thread = threadFromPage(CONVERSATION, conversation.page());
    conversation.touch(0);
    const next = applyMessage(thread, event(conversation.events.at(-1)!)).thread;
    expect(next.messages).toEqual(thread.messages);
    expect(next.lastChange).toBe(10);
  });

  it('takes its counter back when an older page was read before changes it has already counted', () => {
    const conversation = new Conversation();
    for (let index = 0; index < 9; index += 1) conversation.write();
    const thread = threadFromPage(CONVERSATION, conversation.page());
    const older = conversation.page(thread.messages[0]!.seq);
    conversation.touch(0);
    const counted = applyMessage(thread, event(conversation.events.at(-1)!)).thread;
    const joined = prependPage(counted, older);
    expect(joined.gap).toBe(true);
    expect(repaired(joined.thread, conversation).messages).toEqual(conversation.messages);
  });

  it('does not believe a repair that starts beyond what it knows', () => {
    const thread = applyMessage(emptyThread(CONVERSATION), event(message(1, 1))).thread;
    const page = { messages: [message(4, 9)], lastSeq: 4, lastChange: 9, hasMore: false };
    expect(applyChanges(thread, page, 5).thread.lastChange).toBe(1);
  });

  it('shows the answer to a post at once and leaves the counter to the event', () => {
    const thread = applyMessage(emptyThread(CONVERSATION), event(message(1, 1))).thread;
    const shown = applyAnswer(thread, message(2, 2));
    expect(shown.messages).toHaveLength(2);
    expect(shown.lastChange).toBe(1);
    expect(applyAnswer(thread, message(3, 3)).messages).toHaveLength(1);
  });

  it('finds the first customer message nobody has seen', () => {
    const conversation = new Conversation();
    for (let index = 0; index < 5; index += 1) conversation.write();
    const thread = threadFromPage(CONVERSATION, conversation.page());
    expect(firstUnreadSeq(thread, 1)).toBe(3);
    expect(firstUnreadSeq(thread, 5)).toBeNull();
  });

  it('equals a fresh fetch whatever is lost, doubled or overtaken, once repaired', () => {
    const act = fc.oneof(
      fc.record({ kind: fc.constant('write' as const) }),
      fc.record({ kind: fc.constant('touch' as const), place: fc.nat(50), times: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ kind: fc.constant('older' as const), late: fc.boolean() }),
      fc.record({ kind: fc.constant('repair' as const) }),
    );
    fc.assert(
      fc.property(
        fc.nat(12),
        fc.array(act, { maxLength: 60 }),
        fc.array(fc.record({ lost: fc.boolean(), twice: fc.boolean(), delay: fc.nat(4) }), { minLength: 1 }),
        (start, acts, fates) => {
          const conversation = new Conversation();
          for (let index = 0; index < start; index += 1) conversation.write();
          let thread = threadFromPage(CONVERSATION, conversation.page());
          let sent = conversation.events.length;
          const travelling: { due: number; view: MessageView; from: number }[] = [];
          acts.forEach((step, time) => {
            let held: MessagePage | null = null;
            if (step.kind === 'older' && step.late) held = conversation.page(thread.messages[0]?.seq);
            let from = conversation.lastChange + 1;
            if (step.kind === 'touch') {
              // Several changes of one message that a node tells as one event.
              for (let touch = 0; touch < step.times; touch += 1) conversation.touch(step.place);
              sent = Math.max(sent, conversation.events.length - 1);
            } else {
              conversation.write();
            }
            for (; sent < conversation.events.length; sent += 1) {
              const fate = fates[sent % fates.length]!;
              const view = conversation.events[sent]!;
              if (!fate.lost) travelling.push({ due: time + fate.delay, view, from });
              if (fate.twice) travelling.push({ due: time + fate.delay + 2, view, from });
              from = view.change + 1;
            }
            for (const arriving of travelling.filter((each) => each.due === time)) {
              thread = applyMessage(thread, event(arriving.view, arriving.from)).thread;
            }
            if (step.kind === 'older') {
              thread = prependPage(thread, held ?? conversation.page(thread.messages[0]?.seq)).thread;
            }
            if (step.kind === 'repair') thread = repaired(thread, conversation);
          });
          const whole = repaired(thread, conversation);
          const first = whole.messages[0]?.seq ?? 1;
          expect(whole.messages).toEqual(conversation.messages.filter((known) => known.seq >= first));
          expect(whole.lastChange).toBe(conversation.lastChange);
          expect(whole.lastSeq).toBe(conversation.messages.length);
          expect(whole.ahead).toEqual([]);
          expect(first === 1 || whole.hasOlder).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });
});
