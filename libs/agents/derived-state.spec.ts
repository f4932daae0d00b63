import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awayReasons, derivedState, derivedStates, isAvailable } from '#libs/contracts/index.js';
import type { AgentLayers, AgentLoad, DerivedState } from '#libs/contracts/index.js';

const ready: AgentLayers = { connection: 'connected', routing: 'ready', reason: null, notResponding: false };

const anyLayers: fc.Arbitrary<AgentLayers> = fc.record({
  connection: fc.constantFrom('connected' as const, 'grace' as const, 'disconnected' as const),
  routing: fc.constantFrom('ready' as const, 'not_ready' as const),
  reason: fc.constantFrom(null, ...awayReasons),
  notResponding: fc.boolean(),
});
const anyCapacity = fc.integer({ min: 0, max: 20 });
const anyLoad: fc.Arbitrary<AgentLoad> = fc.integer({ min: 0, max: 20 }).chain((used) =>
  fc.record({
    used: fc.constant(used),
    wrapUp: fc.integer({ min: 0, max: used }),
  }),
);

type Load = Parameters<typeof derivedState>[2];

describe('the derived state', () => {
  const walk: [string, Partial<AgentLayers>, Load, DerivedState][] = [
    ['nobody counts contacts', {}, null, 'idle'],
    ['no contacts', {}, { used: 0, wrapUp: 0 }, 'idle'],
    ['some of three slots', {}, { used: 2, wrapUp: 0 }, 'busy'],
    ['all three slots', {}, { used: 3, wrapUp: 0 }, 'full'],
    ['more than she should have', {}, { used: 5, wrapUp: 0 }, 'full'],
    ['wrap-up with a free slot', {}, { used: 1, wrapUp: 1 }, 'after_contact'],
    ['wrap-up and no free slot', {}, { used: 3, wrapUp: 1 }, 'after_contact'],
    ['at lunch with contacts', { routing: 'not_ready', reason: 'meal' }, { used: 2, wrapUp: 0 }, 'away'],
    ['an offer expired', { notResponding: true }, { used: 3, wrapUp: 1 }, 'not_responding'],
    ['an offer expired, then lunch', { notResponding: true, routing: 'not_ready' }, null, 'not_responding'],
    ['the line is lost', { connection: 'grace', notResponding: true }, { used: 3, wrapUp: 0 }, 'grace'],
    ['gone', { connection: 'disconnected', routing: 'not_ready' }, { used: 3, wrapUp: 0 }, 'offline'],
  ];
  it.each(walk)('%s', (_, layers, load, state) => {
    expect(derivedState({ ...ready, ...layers }, 3, load)).toBe(state);
  });

  it('is one of the words, and only the first four can belong to somebody available', () => {
    fc.assert(
      fc.property(anyLayers, anyCapacity, anyLoad, (layers, capacity, load) => {
        const state = derivedState(layers, capacity, load);
        expect(derivedStates).toContain(state);
        expect(['idle', 'busy', 'full', 'after_contact'].includes(state)).toBe(isAvailable(layers));
      }),
    );
  });

  it('idle and busy always mean a free slot and no wrap-up', () => {
    fc.assert(
      fc.property(anyLayers, anyCapacity, anyLoad, (layers, capacity, load) => {
        const state = derivedState(layers, capacity, load);
        if (state === 'idle' || state === 'busy') {
          expect(load.used).toBeLessThan(capacity);
          expect(load.wrapUp).toBe(0);
        }
      }),
    );
  });
});
