import { dateOf, dayOfDate, weekdayOf } from './tokyo.js';

/**
 * Japan's public holidays by the law itself (国民の祝日に関する法律, as amended in 2018), not by a list that ends: fixed days,
 * Mondays, the two equinoxes by the usual formula for 1980–2099, the substitute for a Sunday (振替休日) and the day between
 * two holidays (国民の休日). The years of the Olympic games moved three of them by laws of their own.
 * Held against the official list up to `holidaysCheckedUntil`; a new law needs a change here.
 */
export const holidaysCheckedUntil = 2035;
/** Before 2020 other laws held. */
export const holidaysBegin = 2020;

const years = new Map<number, ReadonlyMap<string, string>>();

/** Its name, or null on every other day. */
export function holidayOn(day: number): string | null {
  const date = dateOf(day);
  return holidaysOf(Number(date.slice(0, 4))).get(date) ?? null;
}

export function holidaysOf(year: number): ReadonlyMap<string, string> {
  const known = years.get(year);
  if (known) return known;
  const made = make(year);
  years.set(year, made);
  return made;
}

function make(year: number): ReadonlyMap<string, string> {
  const holidays = national(year);
  const all = new Map(holidays);
  for (const date of holidays.keys()) {
    const day = dayOfDate(date);
    if (weekdayOf(day) === 0) {
      let next = day + 1;
      while (holidays.has(dateOf(next))) next++;
      all.set(dateOf(next), '振替休日');
    }
    const between = dateOf(day + 1);
    if (!holidays.has(between) && !all.has(between) && holidays.has(dateOf(day + 2))) all.set(between, '国民の休日');
  }
  return all;
}

function national(year: number): Map<string, string> {
  const on = (month: number, day: number): string => `${year}-${two(month)}-${two(day)}`;
  const monday = (month: number, nth: number): string => {
    const first = dayOfDate(on(month, 1));
    return dateOf(first + ((8 - weekdayOf(first)) % 7) + (nth - 1) * 7);
  };
  const days: [string, string][] = [
    [on(1, 1), '元日'],
    [monday(1, 2), '成人の日'],
    [on(2, 11), '建国記念の日'],
    [on(2, 23), '天皇誕生日'],
    [on(3, equinox(year, 20.8431)), '春分の日'],
    [on(4, 29), '昭和の日'],
    [on(5, 3), '憲法記念日'],
    [on(5, 4), 'みどりの日'],
    [on(5, 5), 'こどもの日'],
    [moved[year]?.sea ?? monday(7, 3), '海の日'],
    [moved[year]?.mountain ?? on(8, 11), '山の日'],
    [monday(9, 3), '敬老の日'],
    [on(9, equinox(year, 23.2488)), '秋分の日'],
    [moved[year]?.sports ?? monday(10, 2), 'スポーツの日'],
    [on(11, 3), '文化の日'],
    [on(11, 23), '勤労感謝の日'],
  ];
  return new Map(days.sort(([a], [b]) => a.localeCompare(b)));
}

const moved: Record<number, { sea: string; sports: string; mountain: string }> = {
  2020: { sea: '2020-07-23', sports: '2020-07-24', mountain: '2020-08-10' },
  2021: { sea: '2021-07-22', sports: '2021-07-23', mountain: '2021-08-08' },
};

function equinox(year: number, base: number): number {
  return Math.floor(base + 0.242194 * (year - 1980)) - Math.floor((year - 1980) / 4);
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
