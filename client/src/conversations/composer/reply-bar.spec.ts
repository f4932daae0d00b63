import { describe, expect, it } from 'vitest';
import type { ContactView, ConversationRights, ConversationRow } from '#libs/contracts/index.js';
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
};

function row(contact: Partial<ContactView> | null): ConversationRow {
  return { contact } as ConversationRow;
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

  it('is offered to whoever may take a conversation without an owner', () => {
    expect(replyBar(row({ state: 'queued', assignee: null }), may, '1')).toEqual({ why: 'unowned', mayTake: true });
    expect(replyBar(row(null), { ...may, take: false }, '1')).toEqual({ why: 'closed', mayTake: false });
    expect(replyBar(row({ state: 'closed', assignee: { id: '1', name: '葵' } }), may, '1')?.why).toBe('closed');
  });

  it('needs the right even of the assignee', () => {
    const bar = replyBar(row({ state: 'active', assignee: { id: '1', name: '葵' } }), { ...may, reply: false }, '1');
    expect(bar?.why).toBe('noRight');
  });
});
