import { readingOf, typedReading, type Reading } from './reading.js';

export interface Searched<T> {
  /** By which names it may be asked for, the one that is shown first: 「引き継ぎ」, its reading 「ひきつぎ」, `transfer`, a shortcut. */
  names: (item: T) => readonly string[];
  /** How often it is wanted: decides between what fits equally well. */
  often?: (item: T) => number;
}

/**
 * Finds by what somebody types: kanji, kana of either kind, romaji of either school, or English. The readings are made once,
 * not for every letter.
 *
 * @returns the items that fit what was typed, the best first; all of them for nothing typed
 */
export function searchIn<T>(items: readonly T[], { names, often }: Searched<T>): (typed: string, most?: number) => T[] {
  const entries = items.map((item, place) => ({
    item,
    place,
    often: often?.(item) ?? 0,
    names: names(item)
      .filter((name) => name.trim() !== '')
      .map(readingOf),
  }));
  return (typed, most = items.length) => {
    const terms = typed
      .normalize('NFKC')
      .split(/\s+/)
      .filter((term) => term !== '')
      .map(typedReading);
    return entries
      .map((entry) => ({ ...entry, fit: fitOfAll(entry.names, terms) }))
      .filter(({ fit }) => fit !== null)
      .sort((a, b) => b.fit! - a.fit! || b.often - a.often || a.place - b.place)
      .slice(0, most)
      .map(({ item }) => item);
  };
}

/** Every word that was typed has to fit somewhere. */
function fitOfAll(names: readonly Reading[], terms: readonly Reading[]): number | null {
  let sum = 0;
  for (const term of terms) {
    let best: number | null = null;
    for (const [place, name] of names.entries()) {
      const fit = fitOf(name, term);
      // What is shown goes before what it may be called besides.
      if (fit !== null) best = Math.max(best ?? 0, fit - (place === 0 ? 0 : SECOND_NAME));
    }
    if (best === null) return null;
    sum += best;
  }
  return sum;
}

const EXACT = 1000;
const BEGINS = 800;
const BEGINS_WORD = 600;
const WITHIN = 400;
const SCATTERED = 100;
const SECOND_NAME = 5;
/** Less than any difference between two kinds of fit. */
const MOST_LENGTH = 90;

function fitOf(name: Reading, term: Reading): number | null {
  const written = fitOfText(name.folded, term.folded);
  // What has a kanji in its Latin form is read only in parts, and what was typed in kanji has no other form.
  const read = term.latin === '' || /[^\x20-\x7e]/.test(term.latin) ? null : fitOfText(name.latin, term.latin);
  if (written === null) return read;
  return read === null ? written : Math.max(written, read);
}

function fitOfText(name: string, term: string): number | null {
  const shorter = MOST_LENGTH - Math.min(MOST_LENGTH, name.length - term.length);
  if (name === term) return EXACT;
  const at = name.indexOf(term);
  if (at === 0) return BEGINS + shorter;
  if (at > 0) return (beginsWord(name, term) ? BEGINS_WORD : WITHIN) + shorter;
  return isScattered(name, term) ? SCATTERED + shorter : null;
}

const BETWEEN_WORDS = /[\s\-_/・:「」『』()[\].,、。]/;

function beginsWord(name: string, term: string): boolean {
  for (let at = name.indexOf(term); at !== -1; at = name.indexOf(term, at + 1)) {
    if (BETWEEN_WORDS.test(name[at - 1] ?? ' ')) return true;
  }
  return false;
}

/** Its letters in their order, with others between: 「注確」 for 「ご注文の確認」. One letter alone would fit nearly everything. */
function isScattered(name: string, term: string): boolean {
  const letters = [...term];
  if (letters.length < 2) return false;
  let from = 0;
  for (const letter of letters) {
    const at = name.indexOf(letter, from);
    if (at === -1) return false;
    from = at + letter.length;
  }
  return true;
}
