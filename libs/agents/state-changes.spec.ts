import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awayReasons, isAvailable } from '#libs/contracts/index.js';
import type { AgentLayers } from '#libs/contracts/index.js';
import { changesBetween, chosen, departed, withSockets } from './state-changes.js';

const layers: fc.Arbitrary<AgentLayers> = fc
  .record({
    connection: fc.constantFrom('connected' as const, 'grace' as const, 'disconnected' as const),
    reason: fc.constantFrom(null, ...awayReasons),
    ready: fc.boolean(),
    notResponding: fc.boolean(),
  })
  .map(({ connection, reason, ready, notResponding }) => ({
    connection,
    routing: ready ? 'ready' : 'not_ready',
    reason: ready ? null : reason,
    notResponding,
  }));
const choice = fc.record({
  routing: fc.constantFrom('ready' as const, 'not_ready' as const),
  reason: fc.constantFrom(null, ...awayReasons),
});

describe('sockets', () => {
  it('decide the connection and nothing else; without any nobody is connected, and only time makes offline', () => {
    fc.assert(
      fc.property(layers, fc.boolean(), (before, some) => {
        const after = withSockets(before, some);
        expect({ ...after, connection: before.connection }).toEqual(before);
        expect(after.connection === 'connected').toBe(some);
        if (before.connection !== 'disconnected') expect(after.connection).not.toBe('disconnected');
        expect(withSockets(after, some)).toEqual(after);
      }),
    );
  });
});

describe('a choice', () => {
  it('leaves the connection alone, gives reasons only to who is not ready, and never makes anybody not responding', () => {
    fc.assert(
      fc.property(layers, choice, fc.boolean(), (before, wish, own) => {
        const after = chosen(before, wish, own);
        expect(after.connection).toBe(before.connection);
        expect(after.routing).toBe(wish.routing);
        if (after.routing === 'ready') expect(after.reason).toBeNull();
        else expect(after.reason).toBe(wish.reason);
        expect(after.notResponding && !before.notResponding).toBe(false);
        if (own || wish.routing === 'ready') expect(after.notResponding).toBe(false);
        else expect(after.notResponding).toBe(before.notResponding);
      }),
    );
  });
});

describe('leaving', () => {
  it('makes nobody available, and forgets what was chosen only after signing out', () => {
    fc.assert(
      fc.property(layers, fc.constantFrom('grace_over' as const, 'signed_out' as const), (before, departure) => {
        const after = departed(before, departure);
        expect(after.connection).toBe('disconnected');
        expect(isAvailable(after)).toBe(false);
        if (departure === 'grace_over') expect({ ...after, connection: before.connection }).toEqual(before);
        else expect(after).toMatchObject({ routing: 'not_ready', reason: null, notResponding: false });
      }),
    );
  });
});

describe('what is written down', () => {
  it('is one row for each layer that changed, from what was to what is, and none for nothing', () => {
    fc.assert(
      fc.property(layers, layers, (before, after) => {
        const changes = changesBetween(before, after, 'chosen');
        const of = (layer: string) => changes.filter((change) => change.layer === layer);
        expect(of('connection')).toHaveLength(before.connection === after.connection ? 0 : 1);
        expect(of('routing')).toHaveLength(before.routing === after.routing && before.reason === after.reason ? 0 : 1);
        expect(of('responding')).toHaveLength(before.notResponding === after.notResponding ? 0 : 1);
        for (const change of of('routing'))
          expect(change).toMatchObject({ from: before.routing, to: after.routing, reason: after.reason });
        for (const change of of('connection'))
          expect(change).toMatchObject({ from: before.connection, to: after.connection, reason: 'chosen' });
      }),
    );
  });
});
