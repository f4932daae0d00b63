import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deliveryRank } from '#libs/contracts/index.js';
import type { MessageRow } from '../threads/message-row.js';
import { reported } from './receipts.js';

const status = fc.constantFrom(
  'sent' as const,
  'delivered' as const,
  'read' as const,
  'failed' as const,
  'cancelled' as const,
);
const message = { delivery: 'queued', sent_at: null, delivered_at: null, read_at: null, failed_at: null } as MessageRow;
const report = (word: typeof status extends fc.Arbitrary<infer S> ? S : never) => ({
  status: word,
  at: new Date(0),
  detail: null,
});

describe('reports of the carrier', () => {
  it('only climb, in whatever order and however often they come', () => {
    fc.assert(
      fc.property(fc.array(status, { maxLength: 8 }), (words) => {
        let now = message;
        for (const word of words) {
          const next = reported(now, report(word));
          expect(deliveryRank[next.delivery!]).toBeGreaterThanOrEqual(deliveryRank[now.delivery!]);
          now = next;
        }
        const best = Math.max(0, ...words.map((word) => deliveryRank[word]));
        expect(deliveryRank[now.delivery!]).toBe(best);
      }),
    );
  });

  it('end the same in any order where no two have the same rank', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(['sent', 'delivered', 'read', 'failed'] as const), (words) => {
        const ended = words.map(report).reduce(reported, message);
        const sorted = [...words].sort((a, b) => deliveryRank[a] - deliveryRank[b]);
        expect(ended.delivery).toBe(sorted.map(report).reduce(reported, message).delivery);
      }),
    );
  });

  it('a late failure does not undo a delivery, and a delivery clears the failure', () => {
    const delivered = reported(message, report('delivered'));
    expect(reported(delivered, report('failed')).delivery).toBe('delivered');
    const failed = reported(message, { status: 'failed', at: null, detail: 'no' });
    expect(failed.delivery_reason).toBe('carrier_error');
    expect(reported(failed, report('delivered'))).toMatchObject({ delivery: 'delivered', delivery_reason: null });
  });
});
