import type { Figure } from './figure.js';
import { table } from './table.js';

/** For people, or for programs that compare runs. */
export function report(figures: readonly Figure[], json: boolean): string {
  if (!json) return table(figures);
  const rounded = figures.map((figure) => ({ ...figure, value: short(figure.value), ...ratioOf(figure) }));
  return JSON.stringify(rounded, null, 2);
}

function ratioOf({ ratio }: Figure): { ratio?: number } {
  return ratio === undefined ? {} : { ratio: short(ratio) };
}

function short(value: number): number {
  return Number(value.toPrecision(4));
}
