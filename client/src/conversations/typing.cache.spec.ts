import { describe, expect, it } from 'vitest';
import { applyTyping, endTyping, expireTyping } from './typing.cache.js';

const customer = { kind: 'customer' as const, id: null, name: null };
const ren = { kind: 'agent' as const, id: '4', name: '蓮' };
const event = (by: typeof customer | typeof ren, active: boolean, ttlMs = 5000) => ({
  conversationId: '7',
  by,
  active,
  ttlMs,
});

describe('who is typing', () => {
  it('ends by itself, so that nobody types for ever', () => {
    const typing = applyTyping({}, event(customer, true), 1000);
    expect(expireTyping(typing, 5999)).toBe(typing);
    expect(expireTyping(typing, 6000)).toEqual({});
  });

  it('is prolonged, not doubled, by the next sign', () => {
    const once = applyTyping({}, event(customer, true), 1000);
    const twice = applyTyping(once, event(customer, true), 3000);
    expect(twice['7']).toEqual([{ ...customer, until: 8000 }]);
  });

  it('keeps an agent and a customer apart', () => {
    const both = applyTyping(applyTyping({}, event(customer, true), 0), event(ren, true), 0);
    expect(both['7']).toHaveLength(2);
    expect(endTyping(both, '7', customer)['7']).toEqual([{ ...ren, until: 5000 }]);
    expect(applyTyping(both, event(ren, false), 1)['7']).toHaveLength(1);
  });

  it('does not change for news it does not concern', () => {
    const typing = applyTyping({}, event(ren, true), 0);
    expect(endTyping(typing, '7', { kind: 'agent', id: '5' })).toBe(typing);
    expect(endTyping(typing, '8', customer)).toBe(typing);
  });
});
