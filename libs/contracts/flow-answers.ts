import type { FlowQuestion, FlowSpan } from './flows.js';
import { fold } from './folding.js';

/** What an answer means, as it is kept and shown; null when it does not fit the question. */
export function readFlowAnswer(question: FlowQuestion, written: string, now: Date): string | null {
  const plain = written.normalize('NFKC').trim();
  switch (question.kind) {
    case 'text':
      return written.trim() === '' || written.trim().length > question.most ? null : written.trim();
    case 'choice': {
      // A number stands for the choice at that place, for those whose phone shows no chips.
      const byPlace = /^\d$/.test(plain) ? question.choices[Number(plain) - 1] : undefined;
      const byName = question.choices.find(({ label }) => fold(label) === fold(written.trim()));
      return (byName ?? byPlace)?.label ?? null;
    }
    case 'number':
      return readNumber(plain, question);
    case 'date':
      return readDate(plain, question.span, now);
    case 'phone':
      return readPhone(plain);
    case 'code':
      return readCode(plain, question.forms);
  }
}

/** `1,200`, `３個`, `-2.5`; a word of up to four characters may stand behind it. Numbers written in kanji are not read. */
function readNumber(
  plain: string,
  { least, most, whole }: { least: number | null; most: number | null; whole: boolean },
): string | null {
  const match = /^(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*[^\d\s.,-]{0,4}$/.exec(plain);
  if (!match) return null;
  const value = Number(match[1]!.replaceAll(',', ''));
  if (!Number.isFinite(value) || (whole && !Number.isInteger(value))) return null;
  return (least !== null && value < least) || (most !== null && value > most) ? null : String(value);
}

/** A domestic number, however it is divided, also as `+81…`; kept as digits. */
function readPhone(plain: string): string | null {
  const digits = plain.replace(/[\s()\-‐‑–—―−ー.]/g, '').replace(/^(?:\+|00)81\(?0?\)?/, '0');
  return /^0[1-9]\d{8,9}$/.test(digits) ? digits : null;
}

function readCode(plain: string, forms: readonly string[]): string | null {
  const bare = (text: string): string => text.toUpperCase().replace(/[\s\-‐‑–—―−ー_]/g, '');
  const said = bare(plain);
  for (const form of forms) {
    const places = [...form];
    const wanted = places.filter((place) => !/[\s\-_]/.test(place));
    if (wanted.length !== said.length || !wanted.every((place, at) => fits(said[at]!, place))) continue;
    let at = 0;
    return places.map((place) => (/[\s\-_]/.test(place) ? place : said[at++]!)).join('');
  }
  return null;
}

function fits(character: string, place: string): boolean {
  if (place === 'A') return /^[A-Z]$/.test(character);
  if (place === '9') return /^\d$/.test(character);
  if (place === '*') return /^[A-Z0-9]$/.test(character);
  return character === place.toUpperCase();
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Japan has no summer time. */
const TOKYO_MS = 9 * 60 * 60 * 1000;
const words: Record<string, number> = {
  今日: 0,
  本日: 0,
  today: 0,
  明日: 1,
  tomorrow: 1,
  明後日: 2,
  昨日: -1,
  yesterday: -1,
  一昨日: -2,
};

/** `2026-11-23`, `2026/11/23`, `2026年11月23日`, `11/23`, `11月23日`, 今日 and its neighbours; kept as `2026-11-23`. */
function readDate(plain: string, span: FlowSpan, now: Date): string | null {
  const today = dayOf(now.getTime() + TOKYO_MS);
  const byWord = words[plain.toLowerCase()];
  if (byWord !== undefined) return within(dayOf(Date.parse(today) + byWord * DAY_MS), span, today);
  const full = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(plain);
  if (full) return within(realDay(Number(full[1]), Number(full[2]), Number(full[3])), span, today);
  const short = /^(\d{1,2})\s*[/月]\s*(\d{1,2})\s*日?$/.exec(plain);
  if (!short) return null;
  // Without a year: the one that the question means, else this one.
  const year = Number(today.slice(0, 4));
  for (const each of [year, year + (span === 'past' ? -1 : 1)]) {
    const day = within(realDay(each, Number(short[1]), Number(short[2])), span, today);
    if (day !== null) return day;
  }
  return null;
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** Null for the 30th of February. */
function realDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1900 && year <= 2200
    ? dayOf(date.getTime())
    : null;
}

function within(day: string | null, span: FlowSpan, today: string): string | null {
  if (day === null || (span === 'past' && day > today) || (span === 'future' && day < today)) return null;
  return day;
}
