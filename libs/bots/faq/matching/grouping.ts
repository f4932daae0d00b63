import { FaqIndex } from './faq-index.js';

/** So alike are two questions of one sense. */
const ALIKE = 0.5;

/**
 * Puts texts together that ask the same, in different words.
 * @param texts in the order that counts: the first of each group leads it
 * @returns places in `texts`, group by group
 */
export function groupAlike(
  texts: readonly string[],
  rewordings: readonly (readonly string[])[] = [],
): readonly number[][] {
  const index = new FaqIndex(
    texts.map((text, at) => ({ id: `${at}`, language: 'ja', phrasings: [text], answer: '' })),
    rewordings,
  );
  const groupOf = new Map<number, number[]>();
  const groups: number[][] = [];
  texts.forEach((text, at) => {
    const earlier = index
      .nearest(text, texts.length, ({ id }) => Number(id) < at)
      .find(({ id, likeness }) => likeness >= ALIKE && Number(id) < at);
    const group = earlier && groupOf.get(Number(earlier.id));
    if (group) group.push(at);
    else groups.push([at]);
    groupOf.set(at, group ?? groups.at(-1)!);
  });
  return groups;
}
