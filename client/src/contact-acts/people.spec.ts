import { describe, expect, it } from 'vitest';
import type { AgentStateView, AgentSummary } from '#libs/contracts/index.js';
import { isCalled, peopleOf } from './people.js';

const agents: AgentSummary[] = ['葵', '蓮', '海', '空'].map((name, index) => ({
  id: String(index + 1),
  name,
  role: 'agent',
}));
const state = (agentId: string, change: Partial<AgentStateView> = {}): AgentStateView => ({
  agentId,
  name: '',
  connection: 'connected',
  routing: 'ready',
  reason: null,
  notResponding: false,
  state: 'idle',
  since: '2026-11-22T01:00:00.000Z',
  graceUntil: null,
  capacity: 3,
  used: 0,
  version: 1,
  ...change,
});

describe('people to hand over to', () => {
  it('come with most room first, then those who cannot be asked and why', () => {
    const people = peopleOf(agents, [
      state('1', { used: 2 }),
      state('2', { routing: 'not_ready', reason: 'meal' }),
      state('3', { used: 3 }),
      state('4', { used: 0 }),
    ]);
    expect(people.map(({ name, kept, free }) => [name, kept, free])).toEqual([
      ['空', null, 3],
      ['葵', null, 1],
      ['蓮', 'away', 3],
      ['海', 'full', 0],
    ]);
  });

  it('who lost their line, do not answer, or are not told of, cannot be asked', () => {
    const people = peopleOf(agents, [
      state('1', { connection: 'grace' }),
      state('2', { notResponding: true }),
      state('3', { connection: 'disconnected' }),
    ]);
    expect(people.map(({ kept }) => kept)).toEqual(['away', 'away', 'away', 'away']);
  });

  it('can be asked where nobody counts', () => {
    expect(peopleOf(agents.slice(0, 1), [state('1', { used: null })])[0]).toMatchObject({ free: null, kept: null });
  });
});

describe('looking somebody up', () => {
  it('minds neither width nor case nor which kana', () => {
    for (const search of ['', 'たかはし', 'タカハシ', 'ﾀｶﾊｼ', 'タカハシ　アオイ', 'あおい たかはし'])
      expect([search, isCalled('たかはし アオイ', search)]).toEqual([search, true]);
    expect(isCalled('高橋 葵', '高橋葵')).toBe(true);
    expect(isCalled('Ann Baker', 'ＢＡＫＥＲ')).toBe(true);
    expect(isCalled('高橋 葵', '蓮')).toBe(false);
    expect(isCalled('高橋 葵', '高橋 蓮')).toBe(false);
  });
});
