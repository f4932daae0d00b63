import { describe, expect, it } from 'vitest';
import type { QueueSummary } from '#libs/contracts/index.js';
import { applyQueue, nextChange } from './queues.cache.js';

const sales: QueueSummary = {
  id: '1',
  name: '営業',
  active: true,
  version: 1,
  accountIds: [],
  open: true,
  changesAt: null,
  waiting: 0,
  longestSince: null,
  members: 2,
  ready: 1,
  freeSlots: 3,
  expectedWait: null,
  dispositions: [],
  dispositionRequired: false,
  confirmSend: false,
};

describe('news of queues', () => {
  it('replace, add and take away, and leave the others as they are', () => {
    const support = { ...sales, id: '2', name: '修理' };
    const list = [sales, support];
    const after = applyQueue(list, { id: '1', queue: { ...sales, waiting: 4 } });
    expect(after.map(({ waiting }) => waiting)).toEqual([4, 0]);
    expect(after[1]).toBe(support);
    expect(applyQueue(list, { id: '3', queue: { ...sales, id: '3' } }).map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(applyQueue(list, { id: '1', queue: null })).toEqual([support]);
    expect(applyQueue(list, { id: '9', queue: null })).toEqual(list);
  });

  it('and the next opening or closing among them is known', () => {
    expect(nextChange([sales])).toBeNull();
    const at = '2026-11-22T09:00:00.000Z';
    expect(nextChange([sales, { ...sales, changesAt: '2026-11-23T00:00:00.000Z' }, { ...sales, changesAt: at }])).toBe(
      Date.parse(at),
    );
  });
});
