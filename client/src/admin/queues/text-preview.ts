/** What a customer may read in place of a word; she is written to in Japanese, whatever language the console speaks. */
export const sampleWords = { wait: '約3〜5分', opens: '11月24日（火）9:00' } as const;
export type Placeholder = keyof typeof sampleWords;

/** As the server does it: a sentence or line whose word is not known is left out. null: nothing is left to be sent. */
export function filledText(template: string, words: Readonly<Record<Placeholder, string | null>>): string | null {
  const entries = Object.entries(words);
  const known = template
    .split(/(?<=[。\n])/)
    .filter((sentence) => entries.every(([name, word]) => word !== null || !sentence.includes(`{${name}}`)));
  const text = entries.reduce((all, [name, word]) => all.replaceAll(`{${name}}`, word ?? ''), known.join('')).trim();
  return text === '' ? null : text;
}

/** Words in braces that mean nothing: they would be sent as they stand. */
export function unknownPlaceholders(template: string): string[] {
  const found = [...template.matchAll(/\{([^{}\s]{1,20})\}/gu)].map((match) => match[1] ?? '');
  return [...new Set(found.filter((name) => !(name in sampleWords)))];
}
