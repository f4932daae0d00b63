import { faqLimits, measureText, readSuggestions, textLimits, writeSuggestions } from '#libs/contracts/index.js';
import type {
  CreateFaqBody,
  FaqEntry,
  FaqLanguage,
  FaqState,
  FaqUnanswered,
  FieldError,
  MessageView,
} from '#libs/contracts/index.js';

/** What stands in the fields of the editor. */
export interface FaqDraft {
  category: string;
  language: FaqLanguage;
  /** One to a line. */
  phrasings: string;
  text: string;
  /** 選択肢, one to a line. */
  buttons: string;
  state: FaqState;
  /** Days as a date field has them; empty: no bound. */
  from: string;
  until: string;
}

export function draftOf(entry: FaqEntry): FaqDraft {
  const { category, language, phrasings, content, state, validFrom, validUntil } = entry;
  return {
    category,
    language,
    phrasings: phrasings.join('\n'),
    text: content.text,
    buttons: writeSuggestions(content.suggestions ?? []),
    state,
    from: dayOf(validFrom),
    until: lastDayOf(validUntil),
  };
}

export function emptyDraft(): FaqDraft {
  return { category: '', language: 'ja', phrasings: '', text: '', buttons: '', state: 'on', from: '', until: '' };
}

/** What a question that had no answer brings along: how it was asked, and what an agent said to it. */
export function draftFrom({ question, also, reply, language }: FaqUnanswered): FaqDraft {
  const lines = [question, ...also].map((line) => line.replace(/\s+/gu, ' ').trim());
  return { ...emptyDraft(), language, phrasings: lines.filter((line) => line !== '').join('\n'), text: reply ?? '' };
}

/** The last answer that an agent gave, and what the customer had written before it. */
export function draftOfThread(messages: readonly MessageView[]): FaqDraft {
  const texts = messages.flatMap(({ kind, author, content }) =>
    kind === 'message' && content.type === 'text' ? [{ from: author.kind, text: content.text }] : [],
  );
  const answer = texts.findLastIndex(({ from }) => from === 'agent');
  const until = answer === -1 ? texts.length : answer;
  const last = texts.slice(0, until).findLastIndex(({ from }) => from === 'customer');
  // A burst is one question.
  const before = texts.slice(0, last + 1).findLastIndex(({ from }) => from !== 'customer');
  const asked = texts.slice(before + 1, last + 1).map(({ text }) => text.replace(/\s+/gu, ' ').trim());
  return { ...emptyDraft(), phrasings: asked.join(' ').slice(0, faqLimits.phrasing), text: texts[answer]?.text ?? '' };
}

export function isSame(a: FaqDraft, b: FaqDraft): boolean {
  return (Object.keys(a) as (keyof FaqDraft)[]).every((key) => a[key] === b[key]);
}

export function bodyOf(draft: FaqDraft, before?: FaqEntry): Omit<CreateFaqBody, 'accountId' | 'questionId'> {
  const { category, language, phrasings, text, buttons, state, from, until } = draft;
  // What a button tells programs stays while its words do.
  const known = before?.content.suggestions ?? [];
  const suggestions = readSuggestions(buttons).suggestions.map((made) => ({
    ...made,
    payload: known.find(({ kind, label }) => kind === made.kind && label === made.label)?.payload ?? made.payload,
  }));
  return {
    category,
    language,
    phrasings: linesOf(phrasings),
    content: { type: 'text', text, ...(suggestions.length > 0 ? { suggestions } : {}) },
    state,
    // A bound that was not touched stays to the minute.
    validFrom: before && dayOf(before.validFrom) === from ? before.validFrom : momentOf(from, 0),
    validUntil: before && lastDayOf(before.validUntil) === until ? before.validUntil : momentOf(until, 1),
  };
}

export function linesOf(phrasings: string): string[] {
  return phrasings
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** As the server will say it, before it is asked. */
export function faultsOf({ category, phrasings, text, buttons, from, until }: FaqDraft): FieldError[] {
  const faults: FieldError[] = [];
  const say = (field: string, rule: string, limit?: number, actual?: number, unit?: string): void => {
    const numbers = limit === undefined || actual === undefined ? {} : { limit, actual };
    faults.push({ field, rule, message: rule, ...numbers, ...(unit === undefined ? {} : { unit }) });
  };
  const lines = linesOf(phrasings);
  if (lines.length === 0) say('phrasings', 'required');
  if (lines.length > faqLimits.phrasings) say('phrasings', 'tooMany', faqLimits.phrasings, lines.length);
  const longest = Math.max(0, ...lines.map((line) => line.length));
  if (longest > faqLimits.phrasing) say('phrasings', 'tooLong', faqLimits.phrasing, longest, 'utf16');
  if (category.trim().length > faqLimits.category)
    say('category', 'tooLong', faqLimits.category, category.trim().length, 'utf16');
  const { units, bytes } = measureText(text);
  if (text.trim() === '') say('content.text', 'required');
  else if (units > textLimits.units) say('content.text', 'tooLong', textLimits.units, units, 'utf16');
  else if (bytes > textLimits.bytes) say('content.text', 'tooLong', textLimits.bytes, bytes, 'bytes');
  const wrong = readSuggestions(buttons).fault;
  if (wrong) say('content.suggestions', wrong.rule, wrong.limit, wrong.actual);
  if (from !== '' && until !== '' && until < from) say('validUntil', 'afterFrom');
  return faults;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

function dayOf(moment: string | null): string {
  if (moment === null) return '';
  const date = new Date(moment);
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** Until a midnight means: the day before is the last one. */
function lastDayOf(moment: string | null): string {
  return moment === null ? '' : dayOf(new Date(Date.parse(moment) - 1).toISOString());
}

function momentOf(day: string, more: number): string | null {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || !month || !date) return null;
  return new Date(year, month - 1, date + more).toISOString();
}
