import { describe, expect, it } from 'vitest';
import type { ContactView, ConversationRights, ConversationRow, CustomerView } from '#libs/contracts/index.js';
import { replyBar } from './reply-bar.js';

const may: ConversationRights = {
  reply: true,
  note: true,
  take: true,
  giveBack: false,
  assign: false,
  close: false,
  transfer: false,
  hold: false,
  snooze: false,
  finish: false,
  prioritise: false,
  returnToBot: false,
};

function row(contact: Partial<ContactView> | null, customer: Partial<CustomerView> = {}): ConversationRow {
  return { contact, customer: { former: false, blocked: false, optedOut: false, ...customer } } as ConversationRow;
}

describe('who may answer', () => {
  it('is the assignee, and nobody else', () => {
    expect(replyBar(row({ state: 'active', assignee: { id: '1', name: '葵' } }), may, '1')).toBeNull();
    expect(replyBar(row({ state: 'active', assignee: { id: '1', name: '葵' } }), may, '2')).toEqual({
      why: 'owned',
      by: '葵',
      mayTake: true,
    });
  });

  it('is whoever may take it while a bot has it: sending takes it over', () => {
    expect(replyBar(row({ state: 'bot', assignee: null }), may, '1')).toBeNull();
    expect(replyBar(row({ state: 'bot', assignee: null }), { ...may, take: false }, '1')?.why).toBe('bot');
  });

  it('is offered to whoever may take a conversation without an owner', () => {
    expect(replyBar(row({ state: 'queued', assignee: null }), may, '1')).toEqual({ why: 'unowned', mayTake: true });
    expect(replyBar(row(null), { ...may, take: false }, '1')).toEqual({ why: 'closed', mayTake: false });
    expect(replyBar(row({ state: 'closed', assignee: { id: '1', name: '葵' } }), may, '1')?.why).toBe('closed');
  });

  it('is nobody where nothing may be sent, and of an opted-out customer only her own enquiry is answered', () => {
    const mine = { state: 'active' as const, assignee: { id: '1', name: '葵' } };
    expect(replyBar(row(mine, { former: true }), may, '1')?.why).toBe('former');
    expect(replyBar(row(mine, { blocked: true }), may, '1')?.why).toBe('blocked');
    expect(replyBar(row(mine, { optedOut: true }), may, '1')).toBeNull();
    expect(replyBar(row(null, { optedOut: true }), may, '1')).toEqual({ why: 'optedOut', mayTake: false });
  });

  it('needs the right even of the assignee', () => {
    const bar = replyBar(row({ state: 'active', assignee: { id: '1', name: '葵' } }), { ...may, reply: false }, '1');
    expect(bar?.why).toBe('noRight');
  });
});
