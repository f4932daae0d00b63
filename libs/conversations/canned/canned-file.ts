import {
  cannedColumns,
  cannedLimits,
  fold,
  writeSuggestions,
  type CannedColumn,
  type CannedResponse,
  type CannedScope,
  type CannedShelf,
  type FieldError,
} from '#libs/contracts/index.js';
import { decode, readTable, unescapedCell, writeTable } from '#libs/platform/spreadsheet/index.js';
import { invalid } from '#libs/platform/telemetry/index.js';
import { shelfOf } from './canned-shelves.js';

/** One row of a file, as it was written. */
export interface FileRow {
  row: number;
  cells: Record<CannedColumn, string>;
  /** It says something of the buttons, if only that there are none; otherwise those that are stored stay. */
  buttons: boolean;
}

const headings: Record<CannedColumn, string> = {
  scope: '範囲',
  owner: '窓口・アカウント',
  folder: 'フォルダ',
  name: '名前',
  reading: '読み',
  shortcut: 'ショートカット',
  text: '本文',
  suggestions: '選択肢',
};
const scopeWords: Record<CannedScope, string> = { personal: '個人', queue: '窓口', account: '公式アカウント' };
const NOTHING: Record<CannedColumn, string> = {
  scope: '',
  owner: '',
  folder: '',
  name: '',
  reading: '',
  shortcut: '',
  text: '',
  suggestions: '',
};

/** Headings are known in both languages, whatever their width and case. */
const byHeading = new Map<string, CannedColumn>(
  cannedColumns.flatMap((column) => [
    [fold(column), column],
    [fold(headings[column]), column],
  ]),
);
const byScopeWord = new Map<string, CannedScope>(
  (Object.keys(scopeWords) as CannedScope[]).flatMap((scope) => [
    [fold(scope), scope],
    [fold(scopeWords[scope]), scope],
  ]),
);

/** @throws 400 naming the row where the file cannot be read as a table, or the heading that is missing */
export function readCsv(file: Uint8Array): FileRow[] {
  const table = readTable(decode(file));
  const [heading, ...rows] = table;
  const columns = (heading ?? []).map((word) => byHeading.get(fold(word.trim())));
  const lacking = (['name', 'text'] as const).filter((column) => !columns.includes(column));
  if (lacking.length > 0) {
    throw invalid(
      lacking.map((column): FieldError => ({
        field: `rows.1.${column}`,
        rule: 'required',
        message: `Row 1 has no column ${headings[column]} (${column}).`,
      })),
    );
  }
  tooMany(rows.length);
  return rows.flatMap((values, index) => {
    const cells = { ...NOTHING };
    columns.forEach((column, place) => {
      if (column) cells[column] = unescapedCell(values[place] ?? '');
    });
    // What lies empty below a spreadsheet's table is no row.
    return Object.values(cells).every((cell) => cell.trim() === '')
      ? []
      : [{ row: index + 2, cells, buttons: columns.includes('suggestions') }];
  });
}

/** As `readCsv`, of a list of objects with the columns' English names; what is no text counts as empty. */
export function readJson(given: unknown): FileRow[] {
  const list: unknown = given instanceof Uint8Array ? parsed(decode(given)) : given;
  if (!Array.isArray(list)) throw invalid([{ field: 'file', rule: 'isArray', message: 'The file holds no list.' }]);
  tooMany(list.length);
  return list.map((entry: unknown, index) => {
    const members = (typeof entry === 'object' && entry !== null ? entry : {}) as Partial<
      Record<CannedColumn, unknown>
    >;
    const cells = { ...NOTHING };
    for (const column of cannedColumns) if (typeof members[column] === 'string') cells[column] = members[column];
    return { row: index + 1, cells, buttons: typeof members.suggestions === 'string' };
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    throw invalid([{ field: 'file', rule: 'json', message: 'The file is no JSON.' }]);
  }
}

function tooMany(actual: number): void {
  const limit = cannedLimits.importRows;
  if (actual <= limit) return;
  const message = `The file has ${actual} rows; ${limit} are allowed.`;
  throw invalid([{ field: 'file', rule: 'tooLong', message, limit, actual, unit: 'rows' }]);
}

/** The shelf that a row names; `usual` for one that names none. */
export function shelfOfRow(
  { cells }: FileRow,
  shelves: readonly CannedShelf[],
  usual: CannedShelf,
): CannedShelf | { column: CannedColumn; rule: string; message: string } {
  const word = cells.scope.trim();
  if (word === '') return usual;
  const scope = byScopeWord.get(fold(word));
  if (!scope) return { column: 'scope', rule: 'isIn', message: `${word} is none of 個人, 窓口, 公式アカウント.` };
  const name = cells.owner.trim();
  const shelf =
    scope === 'personal'
      ? shelfOf(shelves, scope, null)
      : shelves.find((each) => each.scope === scope && each.name !== null && fold(each.name) === fold(name));
  if (!shelf) return { column: 'owner', rule: 'exists', message: `There is no ${scopeWords[scope]} ${name}.` };
  if (!shelf.mayEdit) return { column: 'scope', rule: 'forbidden', message: 'This needs the right canned.manage.' };
  return shelf;
}

function cellsOf(response: CannedResponse, shelves: readonly CannedShelf[]): Record<CannedColumn, string> {
  const shelf = shelfOf(shelves, response.scope, response.ownerId);
  const { folder, name, reading, shortcut, content } = response;
  const owner = shelf?.name ?? '';
  return {
    scope: scopeWords[response.scope],
    owner,
    folder,
    name,
    reading,
    shortcut: shortcut ?? '',
    text: content.text,
    suggestions: writeSuggestions(content.suggestions ?? []),
  };
}

/** With the mark by which Excel knows UTF-8; no cell is taken for a formula. */
export function writeCsv(responses: readonly CannedResponse[], shelves: readonly CannedShelf[]): string {
  const rows = responses.map((response) => cellsOf(response, shelves));
  const columns = cannedColumns.map((key) => ({ key, header: headings[key] }));
  return writeTable(rows, columns);
}

export function writeJson(responses: readonly CannedResponse[], shelves: readonly CannedShelf[]): string {
  return `${JSON.stringify(
    responses.map((response) => ({ ...cellsOf(response, shelves), scope: response.scope })),
    null,
    2,
  )}\n`;
}
