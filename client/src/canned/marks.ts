export interface Mark {
  from: number;
  to: number;
  kind: 'placeholder' | 'word' | 'card';
}

/** In the order of the text, and none over another: of two, the one that begins first, then the longer. */
export function marksOf(marks: readonly Mark[]): Mark[] {
  const shown: Mark[] = [];
  for (const mark of marks.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    if (mark.from >= (shown.at(-1)?.to ?? 0)) shown.push(mark);
  }
  return shown;
}
