import { describe, expect, it } from 'vitest';
import type { AgentStateView } from '#libs/contracts/index.js';
import { applyStates, newerState, shownState } from './agent-states.cache.js';

const aoi: AgentStateView = {
  agentId: '1',
  name: '葵',
  connection: 'connected',
  routing: 'ready',
  reason: null,
  notResponding: false,
  state: 'idle',
  since: '2026-11-22T01:00:00.000Z',
  graceUntil: null,
  capacity: 3,
  used: 0,
  version: 5,
};

describe('news of agents', () => {
  it('replace what is older, and what is as old: she may hold something else', () => {
    expect(newerState(aoi, { ...aoi, version: 4, routing: 'not_ready' })).toBe(aoi);
    expect(newerState(aoi, { ...aoi, used: 2 }).used).toBe(2);
    expect(newerState(undefined, aoi)).toBe(aoi);
  });

  it('touch those who are in the list, and nobody else', () => {
    const ren = { ...aoi, agentId: '2', name: '蓮' };
    const list = [aoi, ren];
    expect(applyStates(list, [{ ...aoi, agentId: '3' }])).toBe(list);
    const after = applyStates(list, [{ ...ren, version: 6, state: 'busy' }]);
    expect(after[0]).toBe(aoi);
    expect(after[1]).toMatchObject({ agentId: '2', state: 'busy' });
  });
});

describe('what she is told of herself', () => {
  it('is her line first, then what she must do, then what she chose', () => {
    const walk: [Partial<AgentStateView>, boolean, string][] = [
      [{}, false, 'ready'],
      [{ state: 'busy', used: 2 }, false, 'ready'],
      [{ state: 'full', used: 3 }, false, 'full'],
      [{ state: 'after_contact' }, false, 'after_contact'],
      [{ routing: 'not_ready', reason: 'meal', state: 'away' }, false, 'away'],
      [{ notResponding: true, state: 'not_responding' }, false, 'not_responding'],
      [{ notResponding: true, state: 'not_responding' }, true, 'grace'],
      // The server has not heard of her new line yet; she knows better.
      [{ connection: 'grace', state: 'grace' }, false, 'ready'],
    ];
    for (const [change, lost, shown] of walk) expect(shownState({ ...aoi, ...change }, lost)).toBe(shown);
  });
});
