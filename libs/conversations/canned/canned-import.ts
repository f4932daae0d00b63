import { Injectable } from '@nestjs/common';
import {
  errorCodes,
  readSuggestions,
  type CannedColumn,
  type CannedImport,
  type CannedRowFault,
  type CannedScope,
  type CannedShelf,
  type FieldError,
  type SuggestionLines,
} from '#libs/contracts/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { AppError } from '#libs/platform/telemetry/index.js';
import { storable } from '../threads/text-rules.js';
import type { Author } from '../threads/posting.js';
import { shelfOfRow, type FileRow } from './canned-file.js';
import { onShelves } from './canned-row.js';
import { CannedNews } from './canned-news.js';
import { columnOf, shortcutKey, tidyWords, wordFaults, type CannedWords } from './canned-rules.js';
import { CannedResponses, ownersOf, shortcutTaken, writable } from './canned.service.js';
import { keysOf } from './canned-shelves.js';

export interface ImportWish {
  scope: CannedScope;
  ownerId: string | null;
  skipBad: boolean;
  dryRun: boolean;
}

interface GoodRow {
  row: number;
  shelf: CannedShelf;
  words: CannedWords;
  buttons: boolean;
  /** The stored one that this row replaces. */
  replaces: string | null;
}

interface Stored {
  id: string;
  scope: CannedScope;
  owner_id: string;
  folder: string;
  name: string;
  shortcut_key: string | null;
}

/**
 * Whole files of canned responses. A row replaces the one of the same name in the same folder of its shelf, so that a file
 * that was exported, worked on and imported again doubles nothing. One bad row keeps all out until told to skip it.
 */
@Injectable()
export class CannedImports {
  constructor(
    private readonly transactions: Transactions,
    private readonly canned: CannedResponses,
    private readonly news: CannedNews,
  ) {}

  async take(author: Author, file: readonly FileRow[], wish: ImportWish): Promise<CannedImport> {
    const shelves = await this.canned.shelves(author);
    const usual = writable(shelves, wish.scope, wish.ownerId);
    return this.transactions.run(async (tx) => {
      const { read, faults: badShelves } = readRows(file, shelves, usual);
      const touched = [...new Set(read.map(({ shelf }) => shelf))];
      for (const shelf of touched) await this.canned.room(tx, author, shelf, 0);
      const keys = keysOf(touched, author.agentId);
      const stored = await tx.query<Stored>(
        `select r.id, r.scope, r.owner_id, r.folder, r.name, r.shortcut_key ${onShelves} where r.deleted_at is null`,
        [keys.scopes, keys.owners],
      );
      const { good, faults: badWords } = judge(read, stored, author.agentId);
      const faults = [...badShelves, ...badWords].sort((a, b) => a.row - b.row);
      const made = good.filter(({ replaces }) => replaces === null);
      const changed = good.filter(({ replaces }) => replaces !== null);
      const report: CannedImport = {
        rows: file.length,
        created: made.length,
        updated: changed.length,
        skipped: new Set(faults.map(({ row }) => row)).size,
        faults: faults.slice(0, FAULTS_TOLD),
      };
      if (wish.dryRun) return report;
      if (faults.length > 0 && !wish.skipBad) throw refusal(faults);
      for (const shelf of touched)
        await this.canned.room(tx, author, shelf, made.filter((each) => each.shelf === shelf).length);
      await write(tx, author, made, changed);
      this.news.announce(
        tx,
        keys.scopes.map((scope, index) => ({ scope, owner_id: keys.owners[index]! })),
      );
      return report;
    });
  }
}

/** Enough to mend a file by; the number of bad rows is told besides. */
const FAULTS_TOLD = 100;

function readRows(
  file: readonly FileRow[],
  shelves: readonly CannedShelf[],
  usual: CannedShelf,
): { read: Omit<GoodRow, 'replaces'>[]; faults: CannedRowFault[] } {
  const read: Omit<GoodRow, 'replaces'>[] = [];
  const faults: CannedRowFault[] = [];
  for (const each of file) {
    const { row, cells } = each;
    const shelf = shelfOfRow(each, shelves, usual);
    const { suggestions, fault } = readSuggestions(cells.suggestions.replace(/\r\n?/g, '\n'));
    const words = tidyWords({
      folder: cells.folder,
      name: cells.name,
      reading: cells.reading,
      shortcut: cells.shortcut,
      content: {
        type: 'text',
        text: cells.text.replace(/\r\n?/g, '\n'),
        ...(suggestions.length > 0 ? { suggestions } : {}),
      },
    });
    if ('column' in shelf) faults.push({ row, ...shelf });
    const own = [...wordFaults(words), ...storableFaults(words), ...buttonFaults(fault)];
    for (const { field, ...fault } of own) faults.push({ row, column: columnOf(field), ...fault });
    if (!('column' in shelf) && own.length === 0) read.push({ row, shelf, words, buttons: each.buttons });
  }
  return { read, faults };
}

function buttonFaults(fault: SuggestionLines['fault']): Omit<CannedRowFault & { field: string }, 'row' | 'column'>[] {
  if (fault === null) return [];
  const { rule, line, limit, actual } = fault;
  const numbers = limit > 0 ? { limit, actual } : {};
  return [{ field: 'suggestions', rule, message: `Button ${line} cannot be taken: ${rule}.`, ...numbers }];
}

function storableFaults(words: CannedWords): { field: string; rule: string; message: string }[] {
  const written = { ...words, shortcut: words.shortcut ?? '', 'content.text': words.content.text, content: '' };
  return Object.entries(written).flatMap(([field, text]) =>
    storable.test(text) ? [] : [{ field, rule: 'storable', message: 'It holds a character that cannot be stored.' }],
  );
}

/** Against what stands on the shelves, and against the rows before. */
function judge(
  read: readonly Omit<GoodRow, 'replaces'>[],
  stored: readonly Stored[],
  agentId: string,
): { good: GoodRow[]; faults: CannedRowFault[] } {
  const place = (scope: CannedScope, owner: string, rest: string): string => [scope, owner, rest].join('\u0000');
  const title = (folder: string, name: string): string => `${folder}\u0000${name}`;
  const byTitle = new Map(
    stored.map((each) => [place(each.scope, each.owner_id, title(each.folder, each.name)), each]),
  );
  // A shortcut that its holder loses in this file is free for another row.
  const replaced = new Set<string>();
  const titles = new Map<string, number>();
  const good: GoodRow[] = [];
  const faults: CannedRowFault[] = [];
  for (const each of read) {
    const owner = each.shelf.ownerId ?? agentId;
    const key = place(each.shelf.scope, owner, title(each.words.folder, each.words.name));
    const before = titles.get(key);
    if (before !== undefined) {
      const message = `Row ${before} has this name in this folder too.`;
      faults.push({ row: each.row, column: 'name', rule: 'taken', message });
      continue;
    }
    titles.set(key, each.row);
    const replaces = byTitle.get(key)?.id ?? null;
    if (replaces !== null) replaced.add(replaces);
    good.push({ ...each, replaces });
  }
  const holders = new Map<string, { row: number | null }>();
  for (const { id, scope, owner_id, shortcut_key } of stored) {
    if (shortcut_key !== null && !replaced.has(id)) holders.set(place(scope, owner_id, shortcut_key), { row: null });
  }
  const kept = good.filter(({ row, shelf, words }) => {
    const key = shortcutKey(words.shortcut);
    if (key === null) return true;
    const at = place(shelf.scope, shelf.ownerId ?? agentId, key);
    const holder = holders.get(at);
    if (!holder) {
      holders.set(at, { row });
      return true;
    }
    const whose = holder.row === null ? 'Another canned response of this shelf' : `Row ${holder.row}`;
    faults.push({ row, column: 'shortcut', rule: 'taken', message: `${whose} has the shortcut ${words.shortcut}.` });
    return false;
  });
  return { good: kept, faults };
}

function refusal(faults: readonly CannedRowFault[]): AppError {
  const fields = faults.slice(0, FAULTS_TOLD).map(({ row, column, message, ...rest }): FieldError => ({
    ...rest,
    field: column === null ? `rows.${row}` : `rows.${row}.${column}`,
    message: `Row ${row}, column ${columnWords[column ?? 'text']}: ${message}`,
  }));
  const rows = new Set(faults.map(({ row }) => row)).size;
  const more = rows > 1 ? ` ${rows} rows cannot be taken in.` : '';
  return new AppError(400, errorCodes.badRows, `${fields[0]!.message}${more}`, { fields });
}

const columnWords: Record<CannedColumn, string> = {
  scope: '範囲 (scope)',
  owner: '窓口・アカウント (owner)',
  folder: 'フォルダ (folder)',
  name: '名前 (name)',
  reading: '読み (reading)',
  shortcut: 'ショートカット (shortcut)',
  text: '本文 (text)',
  suggestions: '選択肢 (suggestions)',
};

const incoming = `jsonb_to_recordset($1::jsonb) as t(id bigint, scope text, agent_id bigint, account_id bigint, queue_id bigint,
  folder text, name text, reading text, shortcut text, shortcut_key text, content jsonb, buttons boolean)`;

/** Two statements, however many rows. Shortcuts leave their old holders first, so that two may change places. */
async function write(tx: Tx, author: Author, made: readonly GoodRow[], changed: readonly GoodRow[]): Promise<void> {
  const rowsOf = (rows: readonly GoodRow[]): string =>
    JSON.stringify(
      rows.map(({ shelf, words: { shortcut, content, ...words }, replaces, buttons }) => {
        const [agent_id, account_id, queue_id] = ownersOf(author, shelf);
        const owners = { agent_id, account_id, queue_id };
        const shortcut_key = shortcutKey(shortcut);
        return { id: replaces, scope: shelf.scope, ...owners, ...words, shortcut, shortcut_key, content, buttons };
      }),
    );
  await tx.query(`update canned_responses set shortcut = null, shortcut_key = null where id = any($1::bigint[])`, [
    changed.map(({ replaces }) => replaces),
  ]);
  await tx
    .query(
      `update canned_responses r set reading = t.reading, shortcut = t.shortcut, shortcut_key = t.shortcut_key,
         content = case when t.buttons then t.content else r.content || t.content end, updated_by = $2, version = r.version + 1, updated_at = now()
       from ${incoming} where r.id = t.id`,
      [rowsOf(changed), author.agentId],
    )
    .catch(shortcutTaken);
  await tx
    .query(
      `insert into canned_responses
         (scope, agent_id, account_id, queue_id, folder, name, reading, shortcut, shortcut_key, content, updated_by)
       select scope, agent_id, account_id, queue_id, folder, name, reading, shortcut, shortcut_key, content, $2
       from ${incoming}`,
      [rowsOf(made), author.agentId],
    )
    .catch(shortcutTaken);
}
