import { describe, expect, it } from 'vitest';
import type { AgentStateView, ContactState, ConversationRow } from '#libs/contracts/index.js';
import { inHand, takers } from './in-hand.js';

const row = (id: string, state: ContactState, assignee = '1') =>
  ({ id, contact: { state, assignee: { id: assignee, name: '葵' } } }) as ConversationRow;

describe('what somebody holds', () => {
  it('is what waits for her or for the customer, and nobody else’s', () => {
    const rows = [
      row('1', 'active'),
      row('2', 'waiting'),
      row('3', 'held'),
      row('4', 'wrapup'),
      row('5', 'snoozed'),
      row('6', 'active', '2'),
      { ...row('7', 'closed'), contact: null },
    ];
    expect(inHand(rows, '1').map(({ id }) => id)).toEqual(['1', '2', '3']);
  });

  it('can go to colleagues who are there and have room, the freest first', () => {
    const person = (agentId: string, change: Partial<AgentStateView>): AgentStateView => ({
      agentId,
      name: agentId,
      connection: 'connected',
      routing: 'ready',
      reason: null,
      notResponding: false,
      state: 'idle',
      since: '2026-11-22T00:00:00.000Z',
      graceUntil: null,
      capacity: 3,
      used: 0,
      version: 1,
      ...change,
    });
    const people = [
      person('1', {}),
      person('2', { used: 2 }),
      person('3', { used: 3 }),
      person('4', { used: 1 }),
      person('5', { routing: 'not_ready' }),
      person('6', { connection: 'grace' }),
      person('7', { notResponding: true }),
    ];
    expect(takers(people, '1').map(({ agentId, free }) => [agentId, free])).toEqual([
      ['4', 2],
      ['2', 1],
    ]);
  });
});
