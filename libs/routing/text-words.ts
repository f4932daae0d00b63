import type { WaitRange } from '#libs/contracts/index.js';
import { dayOf, startOf, weekdayOf, dateOf } from './rules/tokyo.js';

/** Each `{word}` is put in; a sentence or line whose word is not known is left out, and nothing when nothing is left. */
export function filled(template: string, words: Readonly<Record<string, string | null>>): string | null {
  const sentences = template.split(/(?<=[。\n])/);
  const known = sentences.filter((sentence) =>
    Object.entries(words).every(([name, word]) => word !== null || !sentence.includes(`{${name}}`)),
  );
  const text = Object.entries(words).reduce(
    (all, [name, word]) => all.replaceAll(`{${name}}`, word ?? ''),
    known.join(''),
  );
  return text.trim() === '' ? null : text.trim();
}

/** `約3〜5分`; whole minutes, rounded up. */
export function inMinutes({ fromSeconds, toSeconds }: WaitRange): string {
  const [from, to] = [Math.max(1, Math.ceil(fromSeconds / 60)), Math.max(1, Math.ceil(toSeconds / 60))];
  return from === to ? `約${to}分` : `約${from}〜${to}分`;
}

/** `11月24日（火）9:00` */
export function openingWords(at: number): string {
  const day = dayOf(at);
  const [, month, date] = dateOf(day).split('-').map(Number);
  const minutes = Math.round((at - startOf(day)) / 60_000);
  const weekday = '日月火水木金土'[weekdayOf(day)];
  return `${month}月${date}日（${weekday}）${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}
