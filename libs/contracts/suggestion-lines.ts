import { suggestionLimits, type Suggestion } from './content.js';

/**
 * 選択肢 as people write them, one to a line: what stands on the button; behind it, for a button that opens something, its
 * address (`https://…`) or its number (`tel:+81…`).
 */
export function writeSuggestions(suggestions: readonly Suggestion[]): string {
  return suggestions
    .map((each) => {
      if (each.kind === 'url') return `${each.label} ${each.url}`;
      return each.kind === 'dial' ? `${each.label} tel:${each.phone}` : each.label;
    })
    .join('\n');
}

export interface SuggestionLines {
  suggestions: Suggestion[];
  /** What is wrong first, and in which line, from 1; null when nothing is. */
  fault: { rule: 'tooMany' | 'tooLong' | 'isLink' | 'twice'; line: number; limit: number; actual: number } | null;
}

const WITH_TARGET = /^(.*\S)\s+(https?:\/\/\S+|tel:\S+)$/iu;

export function readSuggestions(written: string): SuggestionLines {
  const suggestions: Suggestion[] = [];
  let fault: SuggestionLines['fault'] = null;
  const say = (rule: NonNullable<SuggestionLines['fault']>['rule'], line: number, limit = 0, actual = 0): void => {
    fault ??= { rule, line, limit, actual };
  };
  for (const [index, raw] of written.split('\n').entries()) {
    const line = raw.normalize('NFC').trim();
    if (line === '') continue;
    const made = read(line);
    if (suggestions.length === suggestionLimits.count)
      say('tooMany', index + 1, suggestionLimits.count, suggestions.length + 1);
    if (made.label.length > suggestionLimits.label)
      say('tooLong', index + 1, suggestionLimits.label, made.label.length);
    if (!leads(made)) say('isLink', index + 1);
    if (suggestions.some(({ label }) => label === made.label)) say('twice', index + 1);
    suggestions.push(made);
  }
  return { suggestions, fault };
}

function read(line: string): Suggestion {
  const [, label, target] = WITH_TARGET.exec(line) ?? [];
  if (label === undefined || target === undefined) return { kind: 'reply', label: line, payload: line };
  if (/^tel:/i.test(target)) return { kind: 'dial', label, payload: label, phone: target.slice(4).replace(/-/g, '') };
  return { kind: 'url', label, payload: label, url: target };
}

function leads(suggestion: Suggestion): boolean {
  if (suggestion.kind === 'dial') return /^\+[1-9]\d{6,14}$/.test(suggestion.phone);
  // A name with a dot, as the server wants it.
  return (
    suggestion.kind === 'reply' ||
    (/^https?:\/\/[^/?#@\s]+\.[^/?#@\s]{2,}/i.test(suggestion.url) && suggestion.url.length <= suggestionLimits.url)
  );
}
