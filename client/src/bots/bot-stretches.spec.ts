import { describe, expect, it } from 'vitest';
import type { Activity, AuthorKind, MessageView } from '#libs/contracts/index.js';
import { botStretches } from './bot-stretches.js';

function line(seq: number, from: AuthorKind, change: Partial<MessageView> = {}): MessageView {
  return {
    id: String(100 + seq),
    conversationId: '7',
    contactId: '3',
    seq,
    change: seq,
    clientId: null,
    kind: 'message',
    author: { kind: from, id: null, name: from === 'bot' ? '案内ボット' : null },
    content: { type: 'text', text: String(seq) },
    delivery: null,
    at: '2026-03-01T05:00:00.000Z',
    ...change,
  };
}

const told = (seq: number, activity: Activity, summary?: string): MessageView =>
  line(seq, 'system', {
    kind: 'activity',
    content: { type: 'activity', activity, ...(summary === undefined ? {} : { summary }) },
  });

const talk = [line(1, 'customer'), line(2, 'bot'), line(3, 'customer'), line(4, 'bot'), line(5, 'customer')];
const shape = (messages: MessageView[]) => botStretches(messages).map(({ from, to, count }) => [from, to, count]);

describe('what a bot and a customer said', () => {
  it('is no stretch as long as it goes on', () => {
    expect(botStretches(talk)).toEqual([]);
  });

  it('becomes one with the hand-off, but for the words that are still to be answered', () => {
    const messages = [...talk, line(6, 'bot'), told(7, 'contact.handedOff', '予約の変更')];
    expect(botStretches(messages)).toEqual([
      { key: 'bot-104', from: 1, to: 4, end: 7, count: 4, bot: '案内ボット', summary: '予約の変更', lastOfCustomer: 3 },
    ]);
  });

  it('ends as well where somebody takes over or just answers', () => {
    expect(shape([...talk, told(6, 'contact.taken'), line(7, 'agent')])).toEqual([[1, 4, 4]]);
    expect(shape([...talk, line(6, 'agent')])).toEqual([[1, 4, 4]]);
  });

  it('keeps its key when older lines come in front', () => {
    const messages = [...talk, told(6, 'contact.handedOff')];
    expect(botStretches(messages.slice(2)).map(({ key, count }) => [key, count])).toEqual([['bot-104', 2]]);
  });

  it('is folded whole where the bot needed nobody', () => {
    expect(shape([...talk.slice(0, 4), told(5, 'contact.closed'), line(6, 'customer', { contactId: '4' })])).toEqual([
      [1, 5, 4],
    ]);
  });

  it('leaves what a colleague wrote in between in sight', () => {
    const note = line(3, 'agent', { kind: 'note' });
    const messages = [
      line(1, 'customer'),
      line(2, 'bot'),
      note,
      line(4, 'customer'),
      line(5, 'bot'),
      line(6, 'customer'),
    ];
    expect(shape([...messages, told(7, 'contact.handedOff')])).toEqual([
      [1, 2, 2],
      [4, 5, 2],
    ]);
  });

  it('is nothing where no bot said anything, or only one line stands there', () => {
    expect(shape([line(1, 'customer'), line(2, 'customer'), told(3, 'contact.taken'), line(4, 'agent')])).toEqual([]);
    expect(shape([line(1, 'bot'), line(2, 'customer'), told(3, 'contact.handedOff')])).toEqual([]);
  });
});
