import type { Stretch } from './card-numbers.js';
import { fold, foldWithPlaces } from './folding.js';

/** `warn`: whoever sends is asked once more. `block`: it is not sent; the server refuses it too. */
export type ForbiddenSeverity = 'warn' | 'block';

/** A word (NGワード) that must not reach customers of an official account. */
export interface ForbiddenWord {
  id: string;
  accountId: string;
  word: string;
  severity: ForbiddenSeverity;
  /** What to write instead, or why not; shown to whoever wrote it. */
  note: string;
}

export interface ForbiddenWordBody {
  accountId: string;
  word: string;
  severity: ForbiddenSeverity;
  note?: string;
}

export interface EditForbiddenWordBody {
  word?: string;
  severity?: ForbiddenSeverity;
  note?: string;
}

export const forbiddenLimits = { word: 60, note: 200, perAccount: 1000 } as const;

export interface ForbiddenHit<W> extends Stretch {
  word: W;
}

/** What would be written between two characters to get past: blanks, and dots or lines in a row. */
const blank = /[\s\u3000]/u;

/** Every place where a word stands, in any width, case or kana, also with blanks put between its characters. */
export function forbiddenIn<W extends Pick<ForbiddenWord, 'word'>>(
  text: string,
  words: readonly W[],
): ForbiddenHit<W>[] {
  if (words.length === 0 || text === '') return [];
  const { text: folded, starts, ends } = dense(text);
  const hits: ForbiddenHit<W>[] = [];
  for (const word of words) {
    const wanted = keyOf(word);
    if (wanted === '') continue;
    const bounded = /^[a-z0-9]+$/.test(wanted);
    for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + 1)) {
      const end = at + wanted.length;
      // A short Latin word inside a longer one is another word.
      if (bounded && (joined(text, starts[at]! - 1) || joined(text, ends[end - 1]!))) continue;
      hits.push({ word, start: starts[at]!, end: ends[end - 1]! });
    }
  }
  return hits.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Folding a thousand words for each message would cost more than finding them. */
const keys = new WeakMap<object, string>();

function keyOf(word: Pick<ForbiddenWord, 'word'>): string {
  const known = keys.get(word);
  if (known !== undefined) return known;
  const key = forbiddenKey(word.word);
  keys.set(word, key);
  return key;
}

/** By this two words of one account are the same. */
export function forbiddenKey(word: string): string {
  return fold(word).replace(/[\s\u3000]/gu, '');
}

function dense(text: string): { text: string; starts: number[]; ends: number[] } {
  const folded = foldWithPlaces(text);
  const kept = { text: '', starts: [] as number[], ends: [] as number[] };
  for (let at = 0; at < folded.text.length; at++) {
    if (blank.test(folded.text[at]!)) continue;
    kept.text += folded.text[at];
    kept.starts.push(folded.starts[at]!);
    kept.ends.push(folded.ends[at]!);
  }
  return kept;
}

function joined(text: string, at: number): boolean {
  const unit = text[at];
  return unit !== undefined && /[a-z0-9]/.test(fold(unit));
}
