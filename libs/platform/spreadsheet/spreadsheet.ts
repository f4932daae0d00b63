import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { invalid } from '#libs/platform/telemetry/index.js';

/** Of what Japanese spreadsheets write: UTF-8 with or without its mark, else Shift_JIS. */
export function decode(file: Uint8Array): string {
  for (const encoding of ['utf-8', 'shift_jis']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(file);
    } catch {
      // The next one.
    }
  }
  throw invalid([{ field: 'file', rule: 'encoding', message: 'The file is neither UTF-8 nor Shift_JIS.' }]);
}

/** @throws 400 naming the row where the file cannot be read as a table */
export function readTable(text: string): string[][] {
  try {
    // Named, not guessed by the first row: files are put together from several.
    return parse(text, { bom: true, relax_column_count: true, record_delimiter: ['\r\n', '\n', '\r'] });
  } catch (fault) {
    if (!(fault instanceof CsvError)) throw fault;
    const row = Number((fault as { records?: number }).records ?? 0) + 1;
    const message = `Row ${row} cannot be read: quotes are missing or stand in the wrong place.`;
    throw invalid([{ field: `rows.${row}`, rule: 'csv', message }]);
  }
}

/** With the mark by which Excel knows UTF-8; no cell is taken for a formula. */
export function writeTable<C extends string>(
  rows: readonly Record<C, string>[],
  columns: readonly { key: C; header: string }[],
): string {
  return stringify([...rows], {
    bom: true,
    header: true,
    columns: [...columns],
    escape_formulas: true,
    record_delimiter: 'windows',
    // By itself it quotes only whole delimiters of rows, and half of one ends a row for others.
    quoted_match: /[\r\n]/,
  });
}

/** What `writeTable` put before a cell that a spreadsheet would compute. */
export function unescapedCell(cell: string): string {
  return /^'[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u.test(cell) ? cell.slice(1) : cell;
}
