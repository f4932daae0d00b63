import { describe, expect, it } from 'vitest';
import { dayKey, formatClock, formatDateTime, formatDay, formatElapsed, formatRecent, formatTime } from './format.js';

const at = Date.parse('2026-03-01T05:05:12.000Z');
const tokyo = 'Asia/Tokyo';

describe('times as people read them', () => {
  it('writes Japanese dates and times', () => {
    expect(formatDateTime(at, 'ja', tokyo)).toBe('2026/03/01(日) 14:05');
    expect(formatDay(at, 'ja', tokyo)).toBe('2026年3月1日(日)');
    expect(formatClock(at, 'ja', tokyo)).toBe('14:05:12');
  });

  it('writes English dates and times', () => {
    expect(formatDateTime(at, 'en', tokyo)).toBe('Sun 01/03/2026 14:05');
    expect(formatDay(at, 'en', tokyo)).toBe('Sunday, 1 March 2026');
  });

  it('writes midnight as 00', () => {
    expect(formatTime(Date.parse('2026-02-28T15:00:00.000Z'), 'ja', tokyo)).toBe('00:00');
  });

  it('counts waiting in the two units that matter', () => {
    expect(formatElapsed(41_900, 'ja')).toBe('41秒');
    expect(formatElapsed(161_000, 'ja')).toBe('2分41秒');
    expect(formatElapsed(161_000, 'en')).toBe('2m 41s');
    expect(formatElapsed(3_900_000, 'ja')).toBe('1時間5分');
    expect(formatElapsed(4 * 86_400_000 + 7_200_000, 'ja')).toBe('4日2時間');
    expect(formatElapsed(-5000, 'ja')).toBe('0秒');
  });

  it('shows the hour of today and the day of anything older', () => {
    expect(formatRecent(at, at + 60_000, 'ja', tokyo)).toBe('14:05');
    expect(formatRecent(at, at + 86_400_000, 'ja', tokyo)).toBe('3/1');
  });

  it('lets the day begin at midnight of the desk, not of UTC', () => {
    const late = Date.parse('2026-02-28T15:30:00.000Z');
    expect(dayKey(late, tokyo)).toBe(dayKey(at, tokyo));
    expect(dayKey(late, 'UTC')).not.toBe(dayKey(at, 'UTC'));
  });
});
