/** One line of the result. Names are stable: whoever compares runs goes by them. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** How `value` stands to what `of` names, in the rounds of the same run. */
  ratio?: number;
  of?: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length === 0) throw new Error('there is no median of nothing');
  return Number.isInteger(middle) ? (sorted[middle - 1]! + sorted[middle]!) / 2 : sorted[Math.floor(middle)]!;
}

/** @param share 0.5 for the middle, 0.99 for what one in a hundred exceeds */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) throw new Error('there is no quantile of nothing');
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!;
}
