import { toHiragana, toRomaji } from 'wanakana';

/** One text in the ways in which somebody may type it. */
export interface Reading {
  /** As it is written, with every difference gone that the eye passes over: widths, cases, hiragana and katakana. */
  folded: string;
  /** In Latin letters, as far as it has a reading without a dictionary; the same for `si` and `shi`. */
  latin: string;
}

export function readingOf(text: string): Reading {
  const folded = fold(text);
  return { folded, latin: toRomaji(folded) };
}

/**
 * What somebody has typed so far. Romaji goes by its kana and back, so that `hikitugi` and `hikitsugi` are one; a syllable that is
 * not finished yet stays as it is, and `n` at the end may still become な.
 */
export function typedReading(text: string): Reading {
  const folded = fold(text);
  if (!/^[a-z'-]+$/.test(folded)) return { folded, latin: toRomaji(folded) };
  const unfinished = /(?:n|[^aiueon'-]*)$/.exec(folded)?.[0] ?? '';
  const syllables = folded.slice(0, folded.length - unfinished.length);
  return { folded, latin: toRomaji(toHiragana(syllables)) + unfinishedLatin(unfinished) };
}

/** The Hepburn beginnings of what Kunrei begins otherwise: `sy` will be しゃ, which is `sha`. */
const beginnings: readonly (readonly [typed: string, meant: string])[] = [
  ['sy', 'sh'],
  ['zy', 'j'],
  ['jy', 'j'],
  ['ty', 'ch'],
  ['cy', 'ch'],
];

function unfinishedLatin(letters: string): string {
  const known = beginnings.find(([typed]) => letters.endsWith(typed));
  return known ? letters.slice(0, -known[0].length) + known[1] : letters;
}

function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u30a1-\u30f6]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60))
    .replace(/\s+/g, ' ')
    .trim();
}
