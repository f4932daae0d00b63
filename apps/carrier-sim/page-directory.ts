import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The nearest directory above us that holds `path`: the built files lie deeper than the sources. */
export function findAbove(path: string): string {
  let directory = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(directory, path))) {
    const parent = dirname(directory);
    if (parent === directory) throw new Error(`${path} was not found above ${fileURLToPath(import.meta.url)}`);
    directory = parent;
  }
  return join(directory, path);
}

export const pageDirectory = findAbove('apps/carrier-sim/page');
