import { describe, expect, it } from 'vitest';
import { parsePhone } from './customer-address.js';

describe('a number as people and gateways write it', () => {
  it.each([
    ['+819000000001', '+819000000001'],
    ['tel:+819000000001', '+819000000001'],
    [' 819000000001', '+819000000001'],
    ['819000000001', '+819000000001'],
    ['00819000000001', '+819000000001'],
    ['090-0000-0001', '+819000000001'],
    ['０９０－００００－０００１', '+819000000001'],
    ['(03) 1234 5678', '+81312345678'],
    ['+1 415 555 2671', '+14155552671'],
  ])('reads %j', (written, phone) => {
    expect(parsePhone(written)).toBe(phone);
  });

  it.each(['', 'anonymous', '110', '+', '+81', 'sip:bot@platform.example', '+8190000000010000000', '1'.repeat(500)])(
    'finds no number in %j',
    (written) => {
      expect(parsePhone(written)).toBeNull();
    },
  );
});
