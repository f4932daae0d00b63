import type { FoundText, TextRange } from '#libs/contracts/index.js';
import { normaliseWithPlaces } from './normalise.js';

/** So much is shown before the first mark, and so much in all. */
const LEAD = 24;
const LENGTH = 140;

/** Where each of these terms stands in a text, in its own spelling; null unless every one of them does. */
export function marksIn(text: string, terms: readonly string[]): TextRange[] | null {
  const { text: plain, starts, ends } = normaliseWithPlaces(text);
  const marks: TextRange[] = [];
  for (const term of terms) {
    let place = plain.indexOf(term);
    if (place === -1) return null;
    for (; place !== -1; place = plain.indexOf(term, place + 1)) {
      marks.push({ from: starts[place]!, to: ends[place + term.length - 1]! });
    }
  }
  return joined(marks);
}

/** The stretch of a text around its first mark. */
export function stretchOf(text: string, marks: TextRange[]): FoundText {
  const first = marks[0]?.from ?? 0;
  const from = text.length <= LENGTH || first <= LEAD ? 0 : whole(text, Math.min(first - LEAD, text.length - LENGTH));
  const to = text.length - from <= LENGTH ? text.length : whole(text, from + LENGTH);
  const within = marks
    .filter((mark) => mark.from < to)
    .map((mark) => ({ from: mark.from - from, to: Math.min(mark.to, to) - from }));
  return { text: text.slice(from, to), marks: within, cutBefore: from > 0, cutAfter: to < text.length };
}

function joined(marks: TextRange[]): TextRange[] {
  const result: TextRange[] = [];
  for (const { from, to } of marks.sort((a, b) => a.from - b.from || a.to - b.to)) {
    const last = result.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else result.push({ from, to });
  }
  return result;
}

/** Never half of a surrogate pair. */
function whole(text: string, place: number): number {
  return /[\uDC00-\uDFFF]/.test(text[place] ?? '') ? place - 1 : place;
}
