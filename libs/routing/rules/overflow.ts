import type { Overflow } from '#libs/contracts/index.js';

/** What of a queue decides whether it overflows. */
export interface Pressure {
  /** How many wait in it; counted as far as the rule needs. */
  length: number;
  /** Some member is connected and ready. */
  staffed: boolean;
}

export function overflows(rule: Overflow | null, waitedSeconds: number, pressure: Pressure): boolean {
  if (rule === null) return false;
  return (
    (rule.afterSeconds !== null && waitedSeconds >= rule.afterSeconds) ||
    (rule.longerThan !== null && pressure.length > rule.longerThan) ||
    (rule.whenUnstaffed && !pressure.staffed)
  );
}
