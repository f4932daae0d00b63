export type WaitLevel = 'calm' | 'soon' | 'late';

/** From when on a waiting customer is shown in amber, and in red. */
export const waitThresholds = { soonMs: 60_000, lateMs: 180_000 } as const;

export function waitLevel(waitedMs: number): WaitLevel {
  if (waitedMs >= waitThresholds.lateMs) return 'late';
  return waitedMs >= waitThresholds.soonMs ? 'soon' : 'calm';
}
