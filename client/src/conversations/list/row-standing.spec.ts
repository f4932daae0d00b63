import { describe, expect, it } from 'vitest';
import type { ContactView } from '#libs/contracts/index.js';
import { standingOf } from './row-standing.js';

const ME = '1';
const AOI = { id: '2', name: '葵' };
const MYSELF = { id: ME, name: '私' };

const contact = (change: Partial<ContactView>): ContactView => ({
  id: '9',
  state: 'active',
  assignee: null,
  bot: null,
  queueId: null,
  priority: 'normal',
  offeredTo: null,
  enqueuedAt: '2026-03-01T00:00:00.000Z',
  acceptedAt: null,
  firstReplyAt: null,
  snoozedUntil: null,
  wrapUpUntil: null,
  closesAt: null,
  dispositionId: null,
  transfers: 0,
  closedAt: null,
  ...change,
});

describe('what a row says of its contact', () => {
  it.each([
    [{ state: 'bot', bot: { id: '3', name: '案内' } }, 'bot'],
    [{ state: 'queued' }, 'queued'],
    [{ state: 'offered', offeredTo: '2' }, 'offered'],
    [{ state: 'active', assignee: AOI }, 'active'],
    [{ state: 'waiting', assignee: MYSELF }, 'mine'],
    [{ state: 'active', assignee: MYSELF, offeredTo: '2' }, 'transfer'],
    [{ state: 'held', assignee: MYSELF, offeredTo: '2' }, 'transfer'],
    [{ state: 'held', assignee: AOI }, 'held'],
    [{ state: 'snoozed', assignee: MYSELF }, 'snoozed'],
    // Put aside for whoever is free then: it is nobody's, but it does not wait.
    [{ state: 'snoozed' }, 'snoozed'],
    [{ state: 'wrapup', assignee: AOI }, 'wrapup'],
    [{ state: 'closed', assignee: AOI }, 'closed'],
    [{ state: 'abandoned' }, 'closed'],
  ] as const)('%o is %s', (change, standing) => {
    expect(standingOf(contact(change), ME)).toBe(standing);
  });

  it('without a contact it is done', () => {
    expect(standingOf(null, ME)).toBe('closed');
  });
});
