import { describe, expect, it } from 'vitest';
import { readDate, readNumber, readValue } from './field-values.js';

describe('what people write into an attribute', () => {
  it.each([
    ['１２３', '123'],
    ['1,200', '1200'],
    ['１，２００．５０', '1200.5'],
    ['-3', '-3'],
    ['−3', '-3'],
    ['007', '7'],
    ['-0', '0'],
    ['0.0', '0'],
    ['十二', null],
    ['1.2.3', null],
    ['', null],
    ['1e5', null],
    ['1234567890123456', null],
  ])('%s as a number is %s', (written, stored) => {
    expect(readNumber(written)).toBe(stored);
  });

  it.each([
    ['2026/1/5', '2026-01-05'],
    ['２０２６年１月５日', '2026-01-05'],
    ['20260105', '2026-01-05'],
    ['2024-02-29', '2024-02-29'],
    ['2026-02-29', null],
    ['2026/13/1', null],
    ['1/5', null],
    ['0000-01-01', null],
  ])('%s as a date is %s', (written, stored) => {
    expect(readDate(written)).toBe(stored);
  });

  it('names the field and the limit', () => {
    const text = { id: '7', kind: 'text' as const, choices: [] };
    expect(readValue(text, ` ${'あ'.repeat(500)} `)).toEqual({ value: 'あ'.repeat(500) });
    expect(readValue(text, 'あ'.repeat(501))).toMatchObject({
      fault: { field: 'values.7', rule: 'tooLong', limit: 500, actual: 501 },
    });
    const rank = { id: '8', kind: 'choice' as const, choices: ['金', '銀'] };
    expect(readValue(rank, '金')).toEqual({ value: '金' });
    expect(readValue(rank, '銅')).toMatchObject({ fault: { field: 'values.8', rule: 'notAChoice' } });
  });
});
