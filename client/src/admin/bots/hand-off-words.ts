/** One a line, or with commas between them; each once, in the order in which they were written. */
export function wordsOf(text: string): string[] {
  const words = text.split(/[\n,、，]/).map((word) => word.trim());
  return [...new Set(words.filter((word) => word !== ''))];
}
