import { searchLimits } from '#libs/contracts/index.js';
import { invalid } from '#libs/platform/telemetry/index.js';
import { normalise } from './normalise.js';

/** The words of a query, as texts are searched for them: all of them must be found. */
export function termsOf(query: string): string[] {
  if (query.length > searchLimits.query) {
    const message = `A search has ${searchLimits.query} characters at most.`;
    const counts = { limit: searchLimits.query, actual: query.length, unit: 'utf16' };
    throw invalid([{ field: 'q', rule: 'tooLong', message, ...counts }]);
  }
  const terms = [...new Set(query.split(/\s+/u).map(normalise))].filter((term) => term !== '');
  if (terms.length === 0) {
    throw invalid([{ field: 'q', rule: 'nothingToFind', message: 'A search needs a letter, a digit or a kanji.' }]);
  }
  if (terms.length > searchLimits.terms) {
    const message = `A search has ${searchLimits.terms} words at most.`;
    throw invalid([
      { field: 'q', rule: 'tooManyWords', message, limit: searchLimits.terms, actual: terms.length, unit: 'words' },
    ]);
  }
  return terms;
}
