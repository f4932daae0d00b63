/** Groups as people write them: one to a line, words between commas of either kind. A word alone means only itself. */
export function readRewordings(text: string): string[][] {
  return text
    .split('\n')
    .map((line) => [
      ...new Set(
        line
          .split(/[、,，=＝]/u)
          .map((word) => word.replace(/\s+/gu, ' ').trim())
          .filter((word) => word !== ''),
      ),
    ])
    .filter((words) => words.length > 1);
}

export function writeRewordings(groups: readonly (readonly string[])[], comma: string): string {
  return groups.map((words) => words.join(comma)).join('\n');
}
