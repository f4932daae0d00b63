import type { Finding } from '../console/search.js';
import type { SearchQuery } from '../http/api.js';

/** What the server is asked, from what the address says. */
export function askedOf(finding: Finding & { q: string }, account: string | undefined, now: number): SearchQuery {
  const { q, kind, queue, agent, state, days, media } = finding;
  const asked = { q: q.trim(), kind, account };
  // Names have neither a time nor a state: whoever looks for them alone keeps the filters for later.
  if (kind === 'customers') return asked;
  const from = days === undefined ? undefined : startOfDay(now, days - 1);
  return { ...asked, queue, agent, state, from, media: media ? 'true' : undefined };
}

export function isNarrowed({ queue, agent, state, days, media }: Finding): boolean {
  return [queue, agent, state, days, media].some((value) => value !== undefined);
}

function startOfDay(now: number, daysBefore: number): string {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  day.setDate(day.getDate() - daysBefore);
  return day.toISOString();
}
