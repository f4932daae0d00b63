import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { firstJa } from './first.ja.js';
import { ja } from './ja.js';

const source = fileURLToPath(new URL('..', import.meta.url));

/** Every file of ours that this one cannot do without. */
function closure(file: string, known = new Map<string, string>()): Map<string, string> {
  if (known.has(file)) return known;
  const text = readFileSync(file, 'utf8');
  known.set(file, text);
  const imports = text.matchAll(/^(?:import|export) (?!type\b)[^;]*?from '(\.[^']+)\.js'|^import '(\.[^']+)\.js'/gms);
  for (const [, from, bare] of imports) {
    const path = resolve(dirname(file), (from ?? bare)!);
    const found = ['.ts', '.tsx'].map((ending) => path + ending).find((each) => existsSync(each));
    if (found) closure(found, known);
  }
  return known;
}

describe('the texts of the first screen', () => {
  it('are all there before the others are', () => {
    const files = closure(join(source, 'main.tsx'));
    expect([...files.keys()].some((file) => file.endsWith('conversation-row.tsx'))).toBe(true);
    expect([...files.keys()].some((file) => file.endsWith('composer.tsx'))).toBe(false);
    // A fault is worded with another text until its own is there.
    const late = Object.keys(ja).filter((section) => !(section in firstJa) && section !== 'errors');
    const asked = new RegExp(`['"\`](?:${late.join('|')})\\.[\\w.$]+`, 'g');
    const missing = [...files].flatMap(([file, text]) =>
      file.includes('/i18n/') ? [] : [...text.matchAll(asked)].map(([key]) => `${file.slice(source.length)} ${key}`),
    );
    expect(missing).toEqual([]);
  });
});
