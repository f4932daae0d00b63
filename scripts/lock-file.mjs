import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * npm leaves an optional package for another platform out of the lock file, without a word, when it cannot resolve it at
 * that moment; `npm ci` then stops on every machine. Returns what is missing.
 */
export function missingFromLockFile(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const names = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')));
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !names.has(name))
      .map((name) => `${path || 'package.json'} may want ${name}, which is missing from package-lock.json`),
  );
}
