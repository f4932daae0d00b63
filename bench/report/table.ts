import type { Figure } from './figure.js';
import { verdict } from './targets.js';

/** A table in Markdown, so that it can be kept as it is. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    `\`${figure.name}\``,
    round(figure.value),
    figure.unit,
    figure.ratio === undefined ? '' : round(figure.ratio),
    figure.of ? `\`${figure.of}\`` : '',
    verdict(figure),
  ]);
  const all = [['name', 'value', 'unit', 'ratio', 'of', 'target'], ...rows];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const line = (row: string[]): string =>
    `| ${row.map((cell, column) => pad(cell, widths[column]!, column)).join(' | ')} |`;
  const rule = widths.map((width, column) => (isNumber(column) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [line(all[0]!), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

const isNumber = (column: number): boolean => column === 1 || column === 3;
const pad = (cell: string, width: number, column: number): string =>
  isNumber(column) ? cell.padStart(width) : cell.padEnd(width);

/** Three digits that count, and no more decimals than they need. */
function round(value: number): string {
  if (value >= 100) return String(Math.round(value));
  return value.toFixed(value >= 10 ? 1 : 2);
}
