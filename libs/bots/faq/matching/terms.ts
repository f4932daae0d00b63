import { fold } from '#libs/contracts/index.js';
import { GAP, japanese, wordingOf } from './wording.js';
import { Lexicon } from './lexicon.js';

/** What of a text is compared, each once with what it weighs before its rarity is known. */
export type Terms = ReadonlyMap<string, number>;

/** How much each kind of trace says; see docs/faq.md. */
export const kinds = { pair: 1, reading: 0.6, word: 1.5, meaning: 2.2, piece: 0.35 } as const;

/** What an account's entries speak of, and what else it is called. */
export interface Vocabulary {
  meanings: Lexicon;
  words: Lexicon;
}

export function vocabularyOf(words: Iterable<string>, rewordings: readonly (readonly string[])[]): Vocabulary {
  return {
    meanings: new Lexicon(rewordings.flatMap((group, place) => group.map((word) => [word, `#${place}`] as const))),
    words: new Lexicon([...words].map((word) => [word, `=${fold(word)}`] as const)),
  };
}

export function termsOf(text: string, { meanings, words }: Vocabulary): Terms {
  const { written, read } = wordingOf(text);
  const terms = new Map<string, number>();
  const put = (term: string, weight: number): void => {
    if ((terms.get(term) ?? 0) < weight) terms.set(term, weight);
  };
  for (const run of written.split(GAP)) {
    if (japanese.test(run)) for (const pair of grams(run, 2)) put(pair, weightOfPair(pair));
    else if (run !== '') latinTerms(run, put);
  }
  for (const run of read.split(GAP)) {
    if (japanese.test(run)) for (const triple of grams(run, 3)) put(`~${triple}`, kinds.reading);
  }
  for (const word of wordsOf(text)) put(`=${fold(word)}`, kinds.word);
  for (const form of new Set([written, read])) {
    for (const term of words.within(form)) put(term, kinds.word);
    for (const term of meanings.within(form)) put(term, kinds.meaning);
  }
  return terms;
}

const segmenter = new Intl.Segmenter('ja', { granularity: 'word' });

/** Words that carry the matter of a Japanese text: of kanji, of katakana, and Latin ones amid it. */
export function wordsOf(text: string): string[] {
  if (!japanese.test(text)) return [];
  const words: string[] = [];
  for (const { segment } of segmenter.segment(text.normalize('NFKC')))
    if (/^(?:[\u4e00-\u9fff々]{2,}|[\u30a1-\u30faー]{2,}|[A-Za-z0-9+]{2,})$/.test(segment)) words.push(segment);
  return words;
}

function* grams(run: string, length: number): Generator<string> {
  if (run.length <= length) yield run;
  else for (let at = 0; at + length <= run.length; at++) yield run.slice(at, at + length);
}

/** Two kana are mostly grammar, two kanji mostly a word. */
function weightOfPair(pair: string): number {
  const kana = pair.match(/[\u3041-\u3096ー]/g)?.length ?? 0;
  return kana === pair.length ? 0.45 : kana > 0 ? 0.8 : kinds.pair;
}

function latinTerms(word: string, put: (term: string, weight: number) => void): void {
  if (stopWords.has(word)) return;
  put(`=${stemOf(word)}`, kinds.word);
  if (word.length > 3) for (const piece of grams(`^${word}$`, 3)) put(`~${piece}`, kinds.piece);
}

function stemOf(word: string): string {
  if (word.length <= 4) return word.replace(/s$/, '');
  return word
    .replace(/ies$/, 'y')
    .replace(/(?:ing|ed|es|s)$/, '')
    .replace(/(.)\1$/, '$1')
    .replace(/e$/, '');
}

const stopWords = new Set(
  'a an the is are was am be i you he she it we they my your our me us to of in on at for with and or do does did can could would will please what how which who have has had this that there if want need like get so not no any some by from as but just very much thank thanks hello hi hey'.split(
    ' ',
  ),
);
