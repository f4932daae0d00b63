import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audience, mayRead, roomsOf, type Standing } from './conversation-access.js';

const id = fc.constantFrom('1', '2', '3');
const standing: fc.Arbitrary<Standing> = fc
  .record({ accountId: id, open: fc.boolean(), assigneeId: fc.option(id), lastAssigneeId: fc.option(id) })
  .map((drawn) => (drawn.open ? drawn : { ...drawn, assigneeId: null }));
const asker = fc.record({
  agentId: id,
  visibility: fc.constantFrom('own' as const, 'account' as const, 'all' as const),
  accountIds: fc.uniqueArray(id),
});

describe('who may see a conversation', () => {
  it('hears its news exactly when she may read it', () => {
    fc.assert(
      fc.property(asker, standing, (who, what) => {
        const rooms = roomsOf(who);
        const hears = audience(what).some((room) => rooms.includes(room));
        expect(hears).toBe(mayRead(who, what));
      }),
      { numRuns: 2000 },
    );
  });

  it('an agent with sight of her own does not see what a colleague has', () => {
    const own = { agentId: '1', visibility: 'own' as const, accountIds: ['1'] };
    expect(mayRead(own, { accountId: '1', open: true, assigneeId: '2', lastAssigneeId: '2' })).toBe(false);
    expect(mayRead(own, { accountId: '1', open: true, assigneeId: null, lastAssigneeId: '2' })).toBe(true);
    expect(mayRead(own, { accountId: '2', open: true, assigneeId: null, lastAssigneeId: null })).toBe(false);
    expect(mayRead(own, { accountId: '1', open: false, assigneeId: null, lastAssigneeId: '1' })).toBe(true);
  });
});
