/** What stands for something of the conversation until the text is taken: 差し込み. */
export type Placeholder =
  { kind: 'customer' | 'agent' | 'queue' | 'account' | 'date' } | { kind: 'attribute'; name: string };

export interface PlacedPlaceholder {
  placeholder: Placeholder;
  /** As it was written, braces included. */
  written: string;
  from: number;
  to: number;
}

type Kind = Placeholder['kind'];

/** Either language, whatever the screen's own is: texts are shared. */
const words: Record<string, Kind> = {
  お客様名: 'customer',
  customer: 'customer',
  担当者名: 'agent',
  agent: 'agent',
  窓口: 'queue',
  queue: 'queue',
  公式アカウント名: 'account',
  account: 'account',
  日付: 'date',
  date: 'date',
  属性: 'attribute',
  attribute: 'attribute',
};
const inBraces = /[{｛]([^{}｛｝\n]{1,60})[}｝]/gu;

/** In the order of the text. Other words in braces are words. */
export function placeholdersIn(text: string): PlacedPlaceholder[] {
  return [...text.matchAll(inBraces)].flatMap((match) => {
    const placeholder = read(match[1]!);
    const from = match.index;
    return placeholder ? [{ placeholder, written: match[0], from, to: from + match[0].length }] : [];
  });
}

/** What is not known stays as it was written, for a person to fill in. */
export function fillIn(text: string, known: (placeholder: Placeholder) => string | null): string {
  let filled = '';
  let from = 0;
  for (const { placeholder, from: start, to } of placeholdersIn(text)) {
    const value = known(placeholder)?.trim();
    filled += text.slice(from, start) + (value ? value : text.slice(start, to));
    from = to;
  }
  return filled + text.slice(from);
}

function read(inside: string): Placeholder | null {
  const [word, ...rest] = inside.normalize('NFKC').split(':');
  const kind = Object.hasOwn(words, word!.trim().toLowerCase()) ? words[word!.trim().toLowerCase()]! : null;
  const name = rest.join(':').trim();
  if (kind === 'attribute') return name === '' ? null : { kind, name };
  return kind === null || rest.length > 0 ? null : { kind };
}
