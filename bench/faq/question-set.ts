import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import type { Indexed } from '#libs/bots/faq/matching/faq-index.js';

export type Half = 'tune' | 'held';

export interface Question {
  half: Half;
  language: 'ja' | 'en';
  /** How it differs from what stands in the entry: `paraphrase`, `short`, `spelling`, `rough`, `typo`; or `outside`. */
  kind: string;
  /** What answers it; empty: nothing does. */
  entry: string;
  question: string;
}

function read(name: string): Record<string, string>[] {
  // From dist/bench/faq: the sources lie beside dist.
  return parse(readFileSync(fileURLToPath(new URL(`../../../bench/faq/${name}`, import.meta.url))), { columns: true });
}

export function readEntries(): Indexed[] {
  return read('entries.csv').map(({ key, language, phrasings, answer }) => ({
    id: key!,
    language: language as Indexed['language'],
    phrasings: phrasings!.split('\n'),
    answer: answer!,
  }));
}

export function readQuestions(): Question[] {
  return read('questions.csv') as unknown as Question[];
}
