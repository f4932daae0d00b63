/** Numbers that stand for what a message is, beside those that stand for what it says. */
export const codeOf = { note: -1, media: -2 } as const;

/**
 * Every character and every pair of neighbours of a normalised text, as 32-bit numbers, each once. Two pairs may share a
 * number, and pairs may stand apart in the text: whatever is found by codes is confirmed on the text.
 */
export function codesOf(text: string): Set<number> {
  const codes = new Set<number>();
  let before = -1;
  for (const character of text) {
    const point = character.codePointAt(0)!;
    codes.add(point);
    if (before !== -1) codes.add(pairCode(before, point));
    before = point;
  }
  return codes;
}

/** Enough to find a text by; more would only be more to look up. */
const ASKED = 24;

/** The codes that a text must have to contain this term: its pairs, or the one character that it is. */
export function codesToAsk(term: string): number[] {
  const points = Array.from(term, (character) => character.codePointAt(0)!);
  if (points.length < 2) return points;
  const pairs = new Set<number>();
  for (let place = 1; place < points.length; place += 1) pairs.add(pairCode(points[place - 1]!, points[place]!));
  return [...pairs].slice(0, ASKED);
}

function pairCode(first: number, second: number): number {
  let code = Math.imul(first, 0x9e3779b1) ^ second;
  code = Math.imul(code ^ (code >>> 16), 0x85ebca6b);
  code = Math.imul(code ^ (code >>> 13), 0xc2b2ae35);
  return (code ^ (code >>> 16)) | 0;
}
