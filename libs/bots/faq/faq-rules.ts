import {
  fold,
  faqLimits,
  type FaqColumn,
  type FaqLanguage,
  type FaqState,
  type FieldError,
  type TextContent,
} from '#libs/contracts/index.js';
import { textFaults } from '#libs/conversations/index.js';

/** What somebody wrote into the fields of an entry. */
export interface FaqWords {
  category: string;
  language: FaqLanguage;
  phrasings: string[];
  content: TextContent;
  state: FaqState;
  validFrom: Date | null;
  validUntil: Date | null;
}

/** As it is stored: no blanks around, one line for each phrasing, and none of them twice. */
export function tidyFaq(words: FaqWords): FaqWords {
  const line = (text: string): string => text.replace(/\s+/gu, ' ').trim();
  const seen = new Set<string>();
  const phrasings = words.phrasings.map(line).filter((phrasing) => {
    const key = titleKey(phrasing);
    if (phrasing === '' || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return { ...words, category: line(words.category), phrasings };
}

/** By this two phrasings are the same. */
export function titleKey(phrasing: string): string {
  return fold(phrasing).replace(/[\s\p{P}]+/gu, '');
}

/** Each with its limit, and what was written; of tidied words. */
export function faqFaults({ category, phrasings, content, validFrom, validUntil }: FaqWords): FieldError[] {
  const faults: FieldError[] = [];
  const long = (field: string, actual: number, limit: number): void => {
    if (actual <= limit) return;
    const message = `It has ${actual} characters; ${limit} are allowed.`;
    faults.push({ field, rule: 'tooLong', message, limit, actual, unit: 'utf16' });
  };
  long('category', category.length, faqLimits.category);
  if (phrasings.length === 0) faults.push({ field: 'phrasings', rule: 'required', message: 'There is no question.' });
  if (phrasings.length > faqLimits.phrasings) {
    const [limit, actual] = [faqLimits.phrasings, phrasings.length];
    const message = `There are ${actual} phrasings; ${limit} are allowed.`;
    faults.push({ field: 'phrasings', rule: 'tooMany', message, limit, actual });
  }
  phrasings.forEach((phrasing, at) => long(`phrasings.${at}`, phrasing.length, faqLimits.phrasing));
  faults.push(...textFaults(content.text, 'content.text'));
  if (validFrom !== null && validUntil !== null && validFrom >= validUntil)
    faults.push({ field: 'validUntil', rule: 'afterFrom', message: 'It ends before it begins.' });
  return faults;
}

/** The column of a file that a field comes from. */
export function faqColumnOf(field: string): FaqColumn {
  if (field.startsWith('phrasings')) return 'phrasings';
  if (field === 'content.text') return 'answer';
  if (field === 'validUntil') return 'until';
  return field as FaqColumn;
}
