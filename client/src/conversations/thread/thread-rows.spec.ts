import { describe, expect, it } from 'vitest';
import type { MessageView } from '#libs/contracts/index.js';
import type { Unsent } from '../../outbox/outbox.js';
import { emptyThread, type Thread } from '../thread.cache.js';
import { threadRows } from './thread-rows.js';

function message(seq: number, at: string, change: Partial<MessageView> = {}): MessageView {
  return {
    id: String(100 + seq),
    conversationId: '7',
    contactId: null,
    seq,
    change: seq,
    clientId: null,
    kind: 'message',
    author: { kind: 'customer', id: null, name: null },
    content: { type: 'text', text: String(seq) },
    delivery: null,
    at,
    ...change,
  };
}

const unsent = (clientId: string, conversationId = '7'): Unsent => ({
  clientId,
  conversationId,
  kind: 'message',
  text: clientId,
  writtenAt: Date.parse('2026-03-01T06:00:00.000Z'),
  state: 'sending',
  fault: null,
});

const thread = (messages: MessageView[], hasOlder = false): Thread => ({ ...emptyThread('7'), messages, hasOlder });
const shape = (known: Thread, waiting: Unsent[] = [], unreadFrom: number | null = null) =>
  threadRows(known, waiting, unreadFrom, 'Asia/Tokyo').map((row) => row.key);

describe('the rows of a thread', () => {
  it('begin with the start and a day, and tell each new day', () => {
    expect(shape(thread([message(1, '2026-02-28T14:59:00.000Z'), message(2, '2026-02-28T15:01:00.000Z')]))).toEqual([
      'start',
      'day-28/02/2026',
      '101',
      'day-01/03/2026',
      '102',
    ]);
  });

  it('do not tell the first day while older messages exist', () => {
    expect(shape(thread([message(8, '2026-03-01T05:00:00.000Z')], true))).toEqual(['108']);
  });

  it('mark where the unread ones begin', () => {
    const known = thread([message(1, '2026-03-01T05:00:00.000Z'), message(2, '2026-03-01T05:00:10.000Z')]);
    expect(shape(known, [], 2)).toEqual(['start', 'day-01/03/2026', '101', 'unread', '102']);
  });

  it('end with what is not sent yet, until it is stored under the same key', () => {
    const known = thread([message(1, '2026-03-01T05:00:00.000Z')]);
    const key = 'b7b0';
    expect(shape(known, [unsent(key), unsent('other', '8')]).at(-1)).toBe(key);
    const stored = thread([...known.messages, message(2, '2026-03-01T06:00:00.000Z', { clientId: key })]);
    expect(shape(stored, [unsent(key)]).filter((each) => each === key)).toEqual([key]);
  });

  it('join one author’s messages of the same minutes into one turn', () => {
    const rows = threadRows(
      thread([
        message(1, '2026-03-01T05:00:00.000Z'),
        message(2, '2026-03-01T05:01:00.000Z'),
        message(3, '2026-03-01T05:01:30.000Z', { author: { kind: 'agent', id: '4', name: '蓮' } }),
        message(4, '2026-03-01T05:30:00.000Z', { author: { kind: 'agent', id: '4', name: '蓮' } }),
      ]),
      [],
      null,
    );
    expect(rows.flatMap((row) => (row.type === 'message' ? [row.joined] : []))).toEqual([false, true, false, false]);
  });

  it('give every row a key of its own even when a carrier’s clock goes back over midnight', () => {
    const keys = shape(
      thread([
        message(1, '2026-03-01T15:01:00.000Z'),
        message(2, '2026-03-01T14:59:00.000Z'),
        message(3, '2026-03-01T15:02:00.000Z'),
      ]),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  describe('with a bot’s talk in it', () => {
    const at = (minute: number) => `2026-03-01T05:0${minute}:00.000Z`;
    const bot: Partial<MessageView> = { contactId: '3', author: { kind: 'bot', id: '2', name: '案内' } };
    const handedOff: Partial<MessageView> = {
      contactId: '3',
      kind: 'activity',
      author: { kind: 'system', id: null, name: null },
      content: { type: 'activity', activity: 'contact.handedOff', reason: 'words', summary: '予約の変更' },
    };
    const talk = thread([
      message(1, at(0), { contactId: '3' }),
      message(2, at(1), bot),
      message(3, at(2), { contactId: '3' }),
      message(4, at(3), bot),
      message(5, at(4), { contactId: '3' }),
      message(6, at(5), handedOff),
    ]);
    const keys = (opened: string[] = [], upTo?: number, unreadFrom: number | null = null) =>
      threadRows(talk, [], unreadFrom, 'Asia/Tokyo', undefined, { opened: new Set(opened), upTo }).map(
        ({ key }) => key,
      );

    it('shows one line for it, which stays above what it opens', () => {
      expect(keys()).toEqual(['start', 'day-01/03/2026', 'bot-104', '105', '106']);
      expect(keys(['bot-104'])).toEqual([
        'start',
        'day-01/03/2026',
        'bot-104',
        '101',
        '102',
        '103',
        '104',
        '105',
        '106',
      ]);
    });

    it('marks unread lines in it before it, open or not', () => {
      expect(keys([], undefined, 3).slice(2, 4)).toEqual(['unread', 'bot-104']);
      expect(keys(['bot-104'], undefined, 3).slice(2, 5)).toEqual(['unread', 'bot-104', '101']);
    });

    it('folds nothing that came to its end while it was read', () => {
      expect(keys([], 5)).toEqual(['start', 'day-01/03/2026', '101', '102', '103', '104', '105', '106']);
    });

    it('says under what a chip was chosen, unless that stands right above', () => {
      const press = (of: number) =>
        threadRows(
          thread([
            message(1, at(0), { ...bot, content: { type: 'text', text: 'どちらですか' } }),
            message(2, at(1)),
            message(3, at(2), { content: { type: 'press', press: 'reply', label: 'A', payload: 'a', of } }),
          ]),
          [],
          null,
        ).flatMap((row) => (row.type === 'message' ? [row.offered] : []));
      expect(press(1)).toEqual([undefined, undefined, 'どちらですか']);
      expect(press(2)).toEqual([undefined, undefined, undefined]);
    });
  });
});
