import { describe, expect, it } from 'vitest';
import { askedOf, isNarrowed } from './asked.js';

const now = new Date(2026, 2, 1, 14, 5).getTime();

describe('what the server is asked', () => {
  it('is the whole of the address, with days counted from the beginning of today', () => {
    const finding = { q: ' 注文 ', queue: '3', agent: '7', state: 'open', days: 7, media: true } as const;
    expect(askedOf(finding, '2', now)).toEqual({
      q: '注文',
      kind: undefined,
      account: '2',
      queue: '3',
      agent: '7',
      state: 'open',
      from: new Date(2026, 1, 23).toISOString(),
      media: 'true',
    });
    const march = askedOf({ q: 'a', since: '2026-03-31', until: '2026-03-01', label: '4' }, undefined, now);
    expect(march).toMatchObject({
      label: '4',
      from: new Date(2026, 2, 1).toISOString(),
      to: new Date(2026, 3, 1).toISOString(),
    });
    expect(askedOf({ q: 'a', days: 1 }, undefined, now).from).toBe(new Date(2026, 2, 1).toISOString());
  });

  it('leaves out for names what only messages have', () => {
    expect(askedOf({ q: '山田', kind: 'customers', days: 7, media: true }, undefined, now)).toEqual({
      q: '山田',
      kind: 'customers',
      account: undefined,
    });
  });

  it('is narrowed by any filter, and not by the kind', () => {
    expect(isNarrowed({ q: 'a', kind: 'notes' })).toBe(false);
    expect(isNarrowed({ q: 'a', media: true })).toBe(true);
    expect(isNarrowed({ q: 'a', queue: '1' })).toBe(true);
    expect(isNarrowed({ q: 'a', until: '2026-03-01' })).toBe(true);
  });
});
