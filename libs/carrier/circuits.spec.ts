import { describe, expect, it } from 'vitest';
import { Circuits } from './circuits.js';
import type { SendOutcome } from './outbound-message.js';

const lost: SendOutcome = { outcome: 'unknown', detail: 'timed out' };
const broken: SendOutcome = { outcome: 'later', waitMs: 0, reason: 'carrier_error', detail: '500', mayHaveSent: false };
const sent: SendOutcome = { outcome: 'sent', carrierMessageId: 'm', status: 'sent' };
const refused: SendOutcome = { outcome: 'refused', reason: 'not_reachable', detail: '404' };

describe('the circuit of a connection', () => {
  it('rests after three faults in a row, longer each time, a minute at most', () => {
    let now = 0;
    const circuits = new Circuits(() => now);
    circuits.report('1', lost);
    circuits.report('1', broken);
    expect(circuits.restMs('1')).toBe(0);
    circuits.report('1', lost);
    expect(circuits.restMs('1')).toBe(2000);
    const rests: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      now += circuits.restMs('1');
      expect(circuits.restMs('1')).toBe(0);
      circuits.report('1', lost);
      rests.push(circuits.restMs('1'));
    }
    expect(rests).toEqual([4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('does not rest longer for tries that were under way together', () => {
    let now = 0;
    const circuits = new Circuits(() => now);
    now = 10_000;
    for (let n = 0; n < 8; n += 1) circuits.report('1', lost, n);
    expect(circuits.restMs('1')).toBe(2000);
    now = 13_000;
    circuits.report('1', lost, 9_999);
    expect(circuits.restMs('1')).toBe(0);
    circuits.report('1', lost, 12_500);
    expect(circuits.restMs('1')).toBe(4000);
  });

  it('one good answer closes it, and so does a plain refusal: the carrier is there', () => {
    for (const answer of [sent, refused]) {
      const circuits = new Circuits(() => 0);
      for (let n = 0; n < 3; n += 1) circuits.report('1', lost);
      circuits.report('1', answer);
      expect(circuits.restMs('1')).toBe(0);
      circuits.report('1', lost);
      expect(circuits.restMs('1')).toBe(0);
    }
  });

  it('"too fast" rests at once, for as long as the carrier says, and nobody else', () => {
    const circuits = new Circuits(() => 0);
    circuits.report('1', { outcome: 'later', waitMs: 7000, reason: 'too_fast', detail: '429', mayHaveSent: false });
    expect(circuits.restMs('1')).toBe(7000);
    expect(circuits.restMs('2')).toBe(0);
    expect(circuits.open).toBe(1);
  });
});
