import type { Plan } from './plan.js';
import type { Result } from './results.js';

/** One column for each strategy. */
export function resultTable(results: readonly Result[], plan: Plan): string {
  const { percent, seconds, basis } = plan.target;
  const rows: [string, (result: Result) => string][] = [
    ['offered', ({ offered }) => String(offered)],
    ['answered', ({ answered }) => String(answered)],
    ['abandoned', ({ abandoned }) => String(abandoned)],
    ['still waiting', ({ waiting }) => String(waiting)],
    [
      `service level, ${basis} in ${seconds} s (target ${percent} %)`,
      ({ serviceLevel }) =>
        serviceLevel === null ? '–' : `${serviceLevel.toFixed(1)} % ${serviceLevel >= percent ? '✓' : '✗'}`,
    ],
    ['ASA', ({ asa }) => time(asa)],
    ['wait of the answered, p50 / p90', ({ waitP50, waitP90 }) => `${time(waitP50)} / ${time(waitP90)}`],
    ['longest wait', ({ longestWait }) => time(longestWait)],
    ['first reply, mean', ({ firstReply }) => time(firstReply)],
    ['occupancy of slots', ({ occupancy }) => `${occupancy.toFixed(1)} %`],
    ['contacts per agent, fewest – most', ({ fewest, most }) => `${fewest} – ${most}`],
    ['Gini of contacts per agent', ({ gini }) => gini.toFixed(3)],
    ['Gini of load per agent', ({ loadGini }) => loadGini.toFixed(3)],
    ['offers made', ({ offers }) => String(offers.made)],
    ['… accepted / declined / expired', ({ offers }) => `${offers.accepted} / ${offers.declined} / ${offers.expired}`],
    ['… withdrawn / open', ({ offers }) => `${offers.withdrawn} / ${offers.open}`],
    ['over capacity', ({ overCapacity }) => String(overCapacity)],
  ];
  const table = [
    ['', ...results.map(({ strategy }) => strategy)],
    ...rows.map(([name, say]) => [name, ...results.map(say)]),
  ];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const line = (row: string[]): string =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('   ');
  return table.map(line).join('\n');
}

function time(seconds: number | null): string {
  return seconds === null ? '–' : `${seconds.toFixed(1)} s`;
}
