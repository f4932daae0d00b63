import { faqColumns } from '#libs/contracts/index.js';
import type {
  FaqBook,
  FaqCandidate,
  FaqColumn,
  FaqEntry,
  FaqImport,
  FaqLanguage,
  FaqRewordings,
  FaqRowFault,
  FaqState,
  FaqTrial,
  FaqUnanswered,
  FaqVerdict,
  TextContent,
} from '#libs/contracts/index.js';
import {
  fraction,
  id,
  listOf,
  object,
  optional,
  orNull,
  text,
  time,
  whole,
  words,
  yesOrNo,
  type Described,
} from './api-schema.js';

export interface FaqViews {
  FaqBook: FaqBook;
  FaqEntry: FaqEntry;
  FaqImport: FaqImport;
  FaqRewordings: FaqRewordings;
  FaqTrial: FaqTrial;
  FaqUnanswered: FaqUnanswered;
}

/** By name, among the document's components. */
function named<T>(name: string): Described<T> {
  return { $ref: `#/components/schemas/${name}` } as Described<T>;
}

const language = words<FaqLanguage>({ ja: true, en: true });
const column: Described<FaqColumn> = { type: 'string', enum: [...faqColumns] };

/** The FAQ bot's entries and what is asked of it, as the doors answer with them. */
export const faqViews: { [N in keyof FaqViews]: Described<FaqViews[N]> } = {
  FaqBook: object<FaqBook>({
    entries: listOf(named<FaqEntry>('FaqEntry')),
    rewordings: listOf(named<FaqRewordings>('FaqRewordings')),
    mayEdit: yesOrNo,
  }),
  FaqEntry: object<FaqEntry>({
    id,
    version: whole,
    accountId: id,
    category: text,
    language,
    phrasings: listOf(text),
    reading: text,
    content: named<TextContent>('TextContent'),
    state: words<FaqState>({ proposed: true, on: true, off: true }),
    validFrom: orNull(time),
    validUntil: orNull(time),
    proposedBy: orNull(object<NonNullable<FaqEntry['proposedBy']>>({ id, name: text })),
    answered: whole,
    offered: whole,
    chosen: whole,
    updatedAt: time,
  }),
  FaqImport: object<FaqImport>({
    rows: whole,
    created: whole,
    updated: whole,
    skipped: whole,
    faults: listOf(
      object<FaqRowFault>({
        row: whole,
        column: orNull(column),
        rule: text,
        message: text,
        limit: optional(whole),
        actual: optional(whole),
        unit: optional(text),
      }),
    ),
  }),
  FaqRewordings: object<FaqRewordings>({ accountId: id, groups: listOf(listOf(text)) }),
  FaqTrial: object<FaqTrial>({
    verdict: words<FaqVerdict>({ answer: true, ask: true, unsure: true, courtesy: true }),
    reply: named<TextContent>('TextContent'),
    candidates: listOf(
      object<FaqCandidate>({
        entryId: id,
        title: text,
        likelihood: fraction,
        offered: yesOrNo,
        likeness: fraction,
        covered: fraction,
        fulfilled: fraction,
      }),
    ),
    thresholds: object<FaqTrial['thresholds']>({ answer: fraction, ask: fraction }),
    tookMs: fraction,
  }),
  FaqUnanswered: object<FaqUnanswered>({
    id,
    ids: listOf(id),
    question: text,
    also: listOf(text),
    count: whole,
    accountId: id,
    language,
    verdict: words<FaqUnanswered['verdict']>({ ask: true, unsure: true }),
    nearest: orNull(object<NonNullable<FaqUnanswered['nearest']>>({ entryId: id, title: text })),
    reply: orNull(text),
    conversationId: id,
    at: time,
  }),
};
