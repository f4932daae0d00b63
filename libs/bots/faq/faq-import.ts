import { Injectable } from '@nestjs/common';
import {
  errorCodes,
  fold,
  readSuggestions,
  type FaqImport,
  type FaqRowFault,
  type FieldError,
} from '#libs/contracts/index.js';
import { storable, type Author } from '#libs/conversations/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { AppError } from '#libs/platform/telemetry/index.js';
import { FaqEntries, ownAccount } from './faq-entries.service.js';
import { faqHeadings, languageByWord, stateByWord, timeOfCell, type FaqFileRow } from './faq-file.js';
import { FaqKnowledge } from './faq-knowledge.js';
import { faqColumnOf, faqFaults, tidyFaq, titleKey, type FaqWords } from './faq-rules.js';

export interface FaqImportWish {
  accountId: string;
  skipBad: boolean;
  dryRun: boolean;
}

interface GoodRow {
  row: number;
  words: FaqWords;
  /** The stored one that this row replaces. */
  replaces: string | null;
}

/** Enough to mend a file by; the number of bad rows is told besides. */
const FAULTS_TOLD = 100;

/**
 * Whole files of entries. A row replaces the entry with the same first question in the same language, so that a file that was
 * exported, worked on and imported again doubles nothing. One bad row keeps all out until told to skip it.
 */
@Injectable()
export class FaqImports {
  constructor(
    private readonly transactions: Transactions,
    private readonly entries: FaqEntries,
    private readonly knowledge: FaqKnowledge,
  ) {}

  async take(author: Author, file: readonly FaqFileRow[], wish: FaqImportWish): Promise<FaqImport> {
    const { accountId } = wish;
    ownAccount(author, accountId);
    const { read, faults: badWords } = readRows(file);
    return this.transactions.run(async (tx) => {
      await this.entries.room(tx, accountId, 0);
      const stored = await tx.query<{ id: string; language: string; title: string }>(
        `select id, language, phrasings[1] as title from faq_entries where account_id = $1 and deleted_at is null`,
        [accountId],
      );
      const { good, faults: doubled } = judgeRows(read, stored);
      const faults = [...badWords, ...doubled].sort((a, b) => a.row - b.row);
      const made = good.filter(({ replaces }) => replaces === null);
      const changed = good.filter(({ replaces }) => replaces !== null);
      const report: FaqImport = {
        rows: file.length,
        created: made.length,
        updated: changed.length,
        skipped: new Set(faults.map(({ row }) => row)).size,
        faults: faults.slice(0, FAULTS_TOLD),
      };
      if (wish.dryRun) return report;
      if (faults.length > 0 && !wish.skipBad) throw refusal(faults);
      await this.entries.room(tx, accountId, made.length);
      await write(tx, author, accountId, made, changed);
      this.knowledge.changed(tx, accountId);
      return report;
    });
  }
}

type ReadRow = Omit<GoodRow, 'replaces'>;

/** What can be said of each row by itself. */
export function readRows(file: readonly FaqFileRow[]): { read: ReadRow[]; faults: FaqRowFault[] } {
  const read: ReadRow[] = [];
  const faults: FaqRowFault[] = [];
  for (const { row, cells } of file) {
    const own: FaqRowFault[] = [];
    const { suggestions, fault } = readSuggestions(cells.suggestions);
    if (fault) {
      const { rule, line, limit, actual } = fault;
      const numbers = limit > 0 ? { limit, actual } : {};
      own.push({ row, column: 'suggestions', rule, message: `Button ${line} cannot be taken: ${rule}.`, ...numbers });
    }
    const language = cells.language.trim() === '' ? 'ja' : languageByWord.get(fold(cells.language.trim()));
    if (!language) own.push({ row, column: 'language', rule: 'isIn', message: 'It is neither 日本語 nor 英語.' });
    const state = cells.state.trim() === '' ? 'on' : stateByWord.get(fold(cells.state.trim()));
    if (!state) own.push({ row, column: 'state', rule: 'isIn', message: 'It is none of 有効, 無効, 提案.' });
    const [validFrom, validUntil] = [timeOfCell(cells.from, false), timeOfCell(cells.until, true)];
    for (const [column, time] of [
      ['from', validFrom],
      ['until', validUntil],
    ] as const)
      if (time === undefined) own.push({ row, column, rule: 'isDate', message: 'It is no day, such as 2026/04/01.' });
    for (const [column, text] of Object.entries(cells))
      if (!storable.test(text))
        own.push({
          row,
          column: column as FaqRowFault['column'],
          rule: 'storable',
          message: 'It holds a character that cannot be stored.',
        });
    const words = tidyFaq({
      category: cells.category,
      language: language ?? 'ja',
      phrasings: cells.phrasings.split('\n'),
      content: { type: 'text', text: cells.answer, ...(suggestions.length > 0 ? { suggestions } : {}) },
      state: state ?? 'on',
      validFrom: validFrom ?? null,
      validUntil: validUntil ?? null,
    });
    for (const { field, ...rest } of faqFaults(words)) own.push({ row, column: faqColumnOf(field), ...rest });
    faults.push(...own);
    if (own.length === 0) read.push({ row, words });
  }
  return { read, faults };
}

/** Against what is stored, and against the rows before. */
function judgeRows(
  read: readonly ReadRow[],
  stored: readonly { id: string; language: string; title: string }[],
): { good: GoodRow[]; faults: FaqRowFault[] } {
  const keyOf = (language: string, title: string): string => `${language}\u0000${titleKey(title)}`;
  const byTitle = new Map(stored.map(({ id, language, title }) => [keyOf(language, title), id]));
  const rows = new Map<string, number>();
  const good: GoodRow[] = [];
  const faults: FaqRowFault[] = [];
  for (const each of read) {
    const key = keyOf(each.words.language, each.words.phrasings[0]!);
    const before = rows.get(key);
    if (before !== undefined) {
      const message = `Row ${before} has this first question too.`;
      faults.push({ row: each.row, column: 'phrasings', rule: 'taken', message });
      continue;
    }
    rows.set(key, each.row);
    good.push({ ...each, replaces: byTitle.get(key) ?? null });
  }
  return { good, faults };
}

function refusal(faults: readonly FaqRowFault[]): AppError {
  const fields = faults.slice(0, FAULTS_TOLD).map(({ row, column, message, ...rest }): FieldError => ({
    ...rest,
    field: column === null ? `rows.${row}` : `rows.${row}.${column}`,
    message: `Row ${row}, column ${faqHeadings[column ?? 'answer']} (${column ?? 'answer'}): ${message}`,
  }));
  const rows = new Set(faults.map(({ row }) => row)).size;
  const more = rows > 1 ? ` ${rows} rows cannot be taken in.` : '';
  return new AppError(400, errorCodes.badRows, `${fields[0]!.message}${more}`, { fields });
}

const incoming = `jsonb_to_recordset($1::jsonb) as t(id bigint, category text, language text, phrasings text[], content jsonb,
  state text, valid_from timestamptz, valid_until timestamptz)`;

/** Two statements, however many rows. */
async function write(
  tx: Tx,
  author: Author,
  accountId: string,
  made: readonly GoodRow[],
  changed: readonly GoodRow[],
): Promise<void> {
  const rowsOf = (rows: readonly GoodRow[]): string =>
    JSON.stringify(
      rows.map(({ replaces, words: { validFrom, validUntil, ...words } }) => ({
        id: replaces,
        ...words,
        valid_from: validFrom,
        valid_until: validUntil,
      })),
    );
  await tx.query(
    `update faq_entries e set category = t.category, phrasings = t.phrasings, content = t.content, state = t.state,
       valid_from = t.valid_from, valid_until = t.valid_until, updated_by = $2, version = e.version + 1, updated_at = now()
     from ${incoming} where e.id = t.id`,
    [rowsOf(changed), author.agentId],
  );
  await tx.query(
    `insert into faq_entries (account_id, category, language, phrasings, content, state, valid_from, valid_until, proposed_by,
       updated_by)
     select $3, category, language, phrasings, content, state, valid_from, valid_until, $2, $2 from ${incoming}`,
    [rowsOf(made), author.agentId, accountId],
  );
}
