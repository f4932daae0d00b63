import { describe, expect, it } from 'vitest';
import type { ContactState, ContactView, ConversationRights, ConversationRow } from '#libs/contracts/index.js';
import { actsOf } from './acts-of.js';

const everything: ConversationRights = {
  reply: true,
  note: true,
  take: true,
  giveBack: true,
  assign: true,
  close: true,
  transfer: true,
  hold: true,
  snooze: true,
  finish: true,
  prioritise: true,
  returnToBot: true,
};
const nothing: ConversationRights = {
  reply: false,
  note: false,
  take: false,
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
const row = (state: ContactState | null, change: Partial<ContactView> = {}) =>
  ({
    contact: state && { id: '1', state, assignee: { id: '7', name: '葵' }, offeredTo: null, ...change },
  }) as ConversationRow;
const acts = (...of: Parameters<typeof row>) => actsOf(row(...of), everything, '7');

describe('what can be done', () => {
  it('with a contact in hand: everything', () => {
    for (const state of ['active', 'waiting'] as const)
      expect(acts(state)).toMatchObject({ transfer: true, toPerson: true, hold: 'hold', snooze: true, close: true });
  });

  it('on hold it can be resumed, handed over and snoozed', () => {
    expect(acts('held')).toMatchObject({ hold: 'resume', transfer: true, snooze: true });
    expect(acts('held', { assignee: { id: '8', name: '蓮' } }).hold).toBeNull();
  });

  it('while a colleague is being asked, nothing is put aside or asked again', () => {
    expect(acts('active', { offeredTo: '8' })).toMatchObject({ transfer: false, hold: null, snooze: false });
  });

  it('what waits goes to another queue, and to no person', () => {
    expect(acts('queued', { assignee: null })).toMatchObject({ transfer: true, toPerson: false, hold: null });
  });

  it('snoozed, and in wrap-up, it is not handed over; one’s own wrap-up ends in its bar', () => {
    for (const state of ['snoozed', 'wrapup'] as const)
      expect(acts(state)).toMatchObject({ transfer: false, hold: null, snooze: false });
    expect(acts('wrapup').close).toBe(false);
    expect(acts('wrapup', { assignee: { id: '8', name: '蓮' } }).close).toBe(true);
  });

  it('closed, nothing but taking up again; without rights nothing at all', () => {
    for (const state of [null, 'closed', 'abandoned'] as const)
      expect(acts(state)).toMatchObject({ take: true, transfer: false, hold: null, snooze: false, assign: false });
    const none = actsOf(row('active', { assignee: { id: '8', name: '蓮' } }), nothing, '7');
    expect(Object.values({ ...none, toPerson: false }).filter(Boolean)).toEqual([]);
  });
});
