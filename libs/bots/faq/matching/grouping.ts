import { inTurns } from './in-turns.js';
import { usualRewordings } from './rewordings.js';
import { termsOf, vocabularyOf, wordsOf, type Terms } from './terms.js';

/** So alike are two questions of one sense. */
const ALIKE = 0.5;

/**
 * Puts texts together that ask the same, in different words. Traces weigh by their kind alone: how rare one is among a handful of
 * questions says nothing.
 * @param texts in the order that counts: the first of each group leads it
 * @returns places in `texts`, group by group
 */
export async function groupAlike(texts: readonly string[]): Promise<number[][]> {
  const groups: { leader: Terms; places: number[] }[] = [];
  await inTurns(grouping(texts, groups));
  return groups.map(({ places }) => places);
}

function* grouping(texts: readonly string[], groups: { leader: Terms; places: number[] }[]): Generator<void> {
  const vocabulary = vocabularyOf(new Set(texts.flatMap(wordsOf)), usualRewordings);
  for (const [place, text] of texts.entries()) {
    const terms = termsOf(text, vocabulary);
    const group = groups.find(({ leader }) => likenessOf(leader, terms) >= ALIKE);
    if (group) group.places.push(place);
    else groups.push({ leader: terms, places: [place] });
    yield;
  }
}

function likenessOf(a: Terms, b: Terms): number {
  let product = 0;
  for (const [term, weight] of b) product += weight * (a.get(term) ?? 0);
  return product === 0 ? 0 : product / Math.sqrt(square(a) * square(b));
}

function square(terms: Terms): number {
  let sum = 0;
  for (const weight of terms.values()) sum += weight * weight;
  return sum;
}
