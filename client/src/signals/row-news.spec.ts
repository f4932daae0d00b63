import { describe, expect, it } from 'vitest';
import type { ConversationRow } from '#libs/contracts/index.js';
import { RowNews } from './row-news.js';

const ME = '7';

function stage() {
  const told: string[] = [];
  const later: (() => void)[] = [];
  const news = new RowNews({
    me: () => ME,
    inTeam: (id) => id === '1',
    tell: (kind, { id }) => told.push(`${kind} ${id}`),
    after: (_, work) => later.push(work),
  });
  return { told, news, pass: () => later.splice(0).forEach((work) => work()) };
}

function row(change: {
  seq?: number;
  author?: 'customer' | 'agent';
  state?: string;
  owner?: string | null;
  queue?: string;
  unread?: number;
}): ConversationRow {
  const { seq = 1, author = 'customer', state = 'active', owner = ME, queue = '1', unread = 1 } = change;
  return {
    id: '5',
    unread,
    readSeq: 0,
    lastMessage: { seq, author },
    contact: { id: '9', state, assignee: owner === null ? null : { id: owner, name: 'x' }, queueId: queue },
  } as unknown as ConversationRow;
}

describe('what is news to an agent', () => {
  it('is a message in her own conversation, once', () => {
    const { told, news } = stage();
    news.see(row({ seq: 1 }));
    news.see(row({ seq: 1 }));
    news.see(row({ seq: 2, author: 'agent' }));
    news.see(row({ seq: 3 }));
    expect(told).toEqual(['message 5', 'message 5']);
  });

  it('is not what somebody else has, nor what was there already', () => {
    const { told, news } = stage();
    news.see(row({ owner: '8' }));
    news.clear();
    news.know(row({ seq: 4 }));
    news.see(row({ seq: 4, unread: 0 }));
    expect(told).toEqual([]);
  });

  it('is a contact of her team that still waits a moment later', () => {
    const { told, news, pass } = stage();
    news.see(row({ owner: null, state: 'queued' }));
    pass();
    expect(told).toEqual(['queue 5']);
  });

  it('is one that a bot has handed over, and not while the bot has it', () => {
    const { told, news, pass } = stage();
    news.see(row({ owner: null, state: 'bot' }));
    pass();
    expect(told).toEqual([]);
    news.see(row({ owner: null, state: 'queued' }));
    pass();
    expect(told).toEqual(['queue 5']);
  });

  it('is not one that somebody was free for, nor one of another team', () => {
    const { told, news, pass } = stage();
    news.see(row({ owner: null, state: 'queued' }));
    news.see(row({ owner: null, state: 'offered' }));
    pass();
    news.clear();
    news.see(row({ owner: null, state: 'queued', queue: '2' }));
    pass();
    expect(told).toEqual([]);
  });

  it('is what she put aside and is due', () => {
    const { told, news } = stage();
    news.know(row({ state: 'snoozed' }));
    news.see(row({ state: 'active' }));
    expect(told).toEqual(['due 5']);
  });
});
