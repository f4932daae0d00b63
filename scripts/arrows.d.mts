export function findBreaches(root: string): string[];
export function importsOf(text: string): { names: string; specifier: string }[];
