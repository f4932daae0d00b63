import type { Figure } from './figure.js';

interface Target {
  name: string;
  /** Of the figure's ratio where it has one, else of its value. */
  atLeast?: number;
  atMost?: number;
}

/** What a run has to show. */
export const targets: Target[] = [
  { name: 'inbound.durable.64', atLeast: 0.6 },
  { name: 'inbound.durable.256', atLeast: 0.6 },
  { name: 'inbound.over-naive', atLeast: 10 },
  { name: 'webhook-to-socket.p99.300', atMost: 2 },
  { name: 'growth.inbound', atMost: 1.3 },
  { name: 'growth.latency', atMost: 1.3 },
  { name: 'growth.list', atMost: 1.3 },
  { name: 'growth.thread', atMost: 1.3 },
  { name: 'routing.freed-to-offer.p99', atMost: 200 },
  { name: 'growth.matching', atMost: 1.3 },
  { name: 'search.one-kanji.p95', atMost: 200 },
  { name: 'search.two-kanji.p95', atMost: 200 },
  { name: 'memory.socket.kb', atMost: 60 },
];

/** `≥ 0.6 ✓`, or nothing where no target is set. */
export function verdict(figure: Figure): string {
  const target = targets.find(({ name }) => name === figure.name);
  if (!target) return '';
  const judged = figure.ratio ?? figure.value;
  if (target.atLeast !== undefined) return `≥ ${target.atLeast} ${judged >= target.atLeast ? '✓' : '✗'}`;
  return `≤ ${target.atMost} ${judged <= target.atMost! ? '✓' : '✗'}`;
}
