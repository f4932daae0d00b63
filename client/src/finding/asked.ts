import type { Finding } from '../console/search.js';
import type { SearchQuery } from '../http/api.js';

/** What the server is asked, from what the address says. */
export function askedOf(finding: Finding & { q: string }, account: string | undefined, now: number): SearchQuery {
  const { q, kind, queue, agent, state, label, days, media } = finding;
  const asked = { q: q.trim(), kind, account };
  // Names have neither a time nor a state: whoever looks for them alone keeps the filters for later.
  if (kind === 'customers') return asked;
  const { from, to } = days === undefined ? chosenDays(finding) : { from: startOfDay(now, days - 1), to: undefined };
  return { ...asked, queue, agent, state, label, from, to, media: media ? 'true' : undefined };
}

export function isNarrowed({ queue, agent, state, label, days, since, until, media }: Finding): boolean {
  return [queue, agent, state, label, days, since, until, media].some((value) => value !== undefined);
}

/** Days as somebody at this desk counts them, the last one with it; it does not matter which of them is named first. */
function chosenDays({ since, until }: Finding): { from: string | undefined; to: string | undefined } {
  const [first, last] = since !== undefined && until !== undefined && since > until ? [until, since] : [since, until];
  return {
    from: first === undefined ? undefined : startOfDay(new Date(`${first}T00:00`).getTime(), 0),
    to: last === undefined ? undefined : startOfDay(new Date(`${last}T00:00`).getTime(), -1),
  };
}

function startOfDay(now: number, daysBefore: number): string {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  day.setDate(day.getDate() - daysBefore);
  return day.toISOString();
}
