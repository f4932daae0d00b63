import {
  faqColumns,
  faqLimits,
  fold,
  writeSuggestions,
  type FaqColumn,
  type FaqEntry,
  type FaqLanguage,
  type FaqState,
  type FieldError,
} from '#libs/contracts/index.js';
import { decode, readTable, unescapedCell, writeTable } from '#libs/platform/spreadsheet/index.js';
import { invalid } from '#libs/platform/telemetry/index.js';

/** One row of a file, as it was written. */
export interface FaqFileRow {
  row: number;
  cells: Record<FaqColumn, string>;
}

export const faqHeadings: Record<FaqColumn, string> = {
  category: '分類',
  language: '言語',
  phrasings: '質問',
  answer: '回答',
  suggestions: '選択肢',
  from: '開始',
  until: '終了',
  state: '状態',
};
const languageWords: Record<FaqLanguage, string> = { ja: '日本語', en: '英語' };
const stateWords: Record<FaqState, string> = { on: '有効', off: '無効', proposed: '提案' };

/** Headings are known in both languages, whatever their width and case. */
const byHeading = new Map<string, FaqColumn>(
  faqColumns.flatMap((column) => [
    [fold(column), column],
    [fold(faqHeadings[column]), column],
  ]),
);

function byWord<T extends string>(words: Record<T, string>): ReadonlyMap<string, T> {
  return new Map(
    (Object.keys(words) as T[]).flatMap((key) => [
      [fold(key), key],
      [fold(words[key]), key],
    ]),
  );
}
export const languageByWord = byWord(languageWords);
export const stateByWord = byWord(stateWords);

/** @throws 400 naming the row where the file cannot be read as a table, or the heading that is missing */
export function readFaqFile(file: Uint8Array): FaqFileRow[] {
  const [heading, ...rows] = readTable(decode(file));
  const columns = (heading ?? []).map((word) => byHeading.get(fold(word.trim())));
  const lacking = (['phrasings', 'answer'] as const).filter((column) => !columns.includes(column));
  if (lacking.length > 0) {
    throw invalid(
      lacking.map((column): FieldError => ({
        field: `rows.1.${column}`,
        rule: 'required',
        message: `Row 1 has no column ${faqHeadings[column]} (${column}).`,
      })),
    );
  }
  if (rows.length > faqLimits.importRows) {
    const [limit, actual] = [faqLimits.importRows, rows.length];
    const message = `The file has ${actual} rows; ${limit} are allowed.`;
    throw invalid([{ field: 'file', rule: 'tooLong', message, limit, actual, unit: 'rows' }]);
  }
  return rows.flatMap((values, index) => {
    const cells = Object.fromEntries(faqColumns.map((column) => [column, ''])) as Record<FaqColumn, string>;
    columns.forEach((column, place) => {
      if (column) cells[column] = unescapedCell(values[place] ?? '').replace(/\r\n?/g, '\n');
    });
    // What lies empty below a spreadsheet's table is no row.
    return Object.values(cells).every((cell) => cell.trim() === '') ? [] : [{ row: index + 2, cells }];
  });
}

export function writeFaqFile(entries: readonly FaqEntry[]): string {
  return writeTable(
    entries.map(({ category, language, phrasings, content, validFrom, validUntil, state }) => ({
      category,
      language: languageWords[language],
      phrasings: phrasings.join('\n'),
      answer: content.text,
      suggestions: writeSuggestions(content.suggestions ?? []),
      from: validFrom ?? '',
      until: validUntil ?? '',
      state: stateWords[state],
    })),
    faqColumns.map((key) => ({ key, header: faqHeadings[key] })),
  );
}

const DAY = /^(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * A day of a spreadsheet, as it begins in Japan, or a moment as exports have it. The last day of something counts whole.
 * @returns null for nothing, undefined for what is no time
 */
export function timeOfCell(cell: string, whole: boolean): Date | null | undefined {
  const text = cell.normalize('NFKC').trim();
  if (text === '') return null;
  if (MOMENT.test(text)) return new Date(text);
  const [, year, month, day] = DAY.exec(text) ?? [];
  if (year === undefined) return undefined;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined;
  return new Date(date.getTime() - 9 * 3_600_000 + (whole ? 24 * 3_600_000 : 0));
}
