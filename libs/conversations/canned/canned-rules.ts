import { cannedLimits, fold, type CannedColumn, type FieldError, type TextContent } from '#libs/contracts/index.js';
import { textFaults } from '../threads/posting.js';

/** What somebody wrote into the fields of a canned response. */
export interface CannedWords {
  folder: string;
  name: string;
  reading: string;
  shortcut: string | null;
  content: TextContent;
}

/** As it is stored: no blanks around, one line where one line is shown, folders as `a/b`, shortcuts without their `/`. */
export function tidyWords(words: CannedWords): CannedWords {
  const line = (text: string): string => text.replace(/\s+/gu, ' ').trim();
  return {
    folder: line(words.folder)
      .split(/[/／]/u)
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .join('/'),
    name: line(words.name),
    reading: line(words.reading),
    shortcut: words.shortcut?.trim().replace(/^[/／]/u, '') || null,
    content: words.content,
  };
}

/** By this two shortcuts of one shelf are the same. */
export function shortcutKey(shortcut: string | null): string | null {
  return shortcut === null ? null : fold(shortcut);
}

/** Each with its limit, and what was written; of tidied words. */
export function wordFaults(words: CannedWords): FieldError[] {
  const faults: FieldError[] = [];
  if (words.name === '') faults.push({ field: 'name', rule: 'required', message: 'There is no name.' });
  for (const field of ['name', 'reading', 'folder', 'shortcut'] as const) {
    const actual = words[field]?.length ?? 0;
    const limit = cannedLimits[field];
    if (actual > limit) {
      const message = `It has ${actual} characters; ${limit} are allowed.`;
      faults.push({ field, rule: 'tooLong', message, limit, actual, unit: 'utf16' });
    }
  }
  if (words.shortcut !== null && /[\s/／]/u.test(words.shortcut)) {
    faults.push({ field: 'shortcut', rule: 'isShortcut', message: 'A shortcut has no blanks and no slash.' });
  }
  return [...faults, ...textFaults(words.content.text, 'content.text')];
}

/** The column of a file that a field comes from. */
export function columnOf(field: string): CannedColumn {
  return field === 'content.text' ? 'text' : (field as CannedColumn);
}
