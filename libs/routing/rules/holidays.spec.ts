import { describe, expect, it } from 'vitest';
import { holidayOn, holidaysCheckedUntil, holidaysOf } from './holidays.js';
import { dayOfDate } from './tokyo.js';

/** As published by the Cabinet Office; 2020 and 2021 with the moves for the Olympic games. */
const published: Record<number, string> = {
  2020: '01-01 01-13 02-11 02-23 02-24 03-20 04-29 05-03 05-04 05-05 05-06 07-23 07-24 08-10 09-21 09-22 11-03 11-23',
  2021: '01-01 01-11 02-11 02-23 03-20 04-29 05-03 05-04 05-05 07-22 07-23 08-08 08-09 09-20 09-23 11-03 11-23',
  2022: '01-01 01-10 02-11 02-23 03-21 04-29 05-03 05-04 05-05 07-18 08-11 09-19 09-23 10-10 11-03 11-23',
  2023: '01-01 01-02 01-09 02-11 02-23 03-21 04-29 05-03 05-04 05-05 07-17 08-11 09-18 09-23 10-09 11-03 11-23',
  2024: '01-01 01-08 02-11 02-12 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-15 08-11 08-12 09-16 09-22 09-23 10-14 11-03 11-04 11-23',
  2025: '01-01 01-13 02-11 02-23 02-24 03-20 04-29 05-03 05-04 05-05 05-06 07-21 08-11 09-15 09-23 10-13 11-03 11-23 11-24',
  2026: '01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23',
  2027: '01-01 01-11 02-11 02-23 03-21 03-22 04-29 05-03 05-04 05-05 07-19 08-11 09-20 09-23 10-11 11-03 11-23',
};

describe('the public holidays of Japan', () => {
  it.each(Object.entries(published))('of %s are the published ones', (year, days) => {
    expect([...holidaysOf(Number(year)).keys()].sort()).toEqual(days.split(' ').map((day) => `${year}-${day}`));
  });

  it('name the substitute for a Sunday and the day between two holidays', () => {
    expect(holidayOn(dayOfDate('2026-05-06'))).toBe('振替休日');
    expect(holidayOn(dayOfDate('2026-09-22'))).toBe('国民の休日');
    expect(holidayOn(dayOfDate('2032-09-21'))).toBe('国民の休日');
    expect(holidayOn(dayOfDate('2026-11-22'))).toBeNull();
  });

  it('have their equinoxes on the published days to the end', () => {
    const spring = [20, 20, 21, 21, 20, 20, 20, 21, 20, 20, 20, 21, 20, 20, 20, 21];
    const autumn = [22, 23, 23, 23, 22, 23, 23, 23, 22, 23, 23, 23, 22, 23, 23, 23];
    for (let year = 2020; year <= holidaysCheckedUntil; year++) {
      const find = (name: string) => [...holidaysOf(year)].find(([, each]) => each === name)?.[0];
      expect(find('春分の日')).toBe(`${year}-03-${spring[year - 2020]}`);
      expect(find('秋分の日')).toBe(`${year}-09-${autumn[year - 2020]}`);
    }
  });
});
