import type { Figure } from './figure.js';

interface Target {
  name: string;
  /** Of the figure's ratio where it has one, else of its value; of its value in any case where a person's patience is the measure. */
  of?: 'value';
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
  { name: 'client.visit.second', of: 'value', atMost: 1000 },
  { name: 'client.open', of: 'value', atMost: 150 },
  { name: 'client.scroll.list.fps', of: 'value', atLeast: 55 },
  { name: 'client.scroll.list.longest', of: 'value', atMost: 100 },
  { name: 'client.scroll.thread.fps', of: 'value', atLeast: 55 },
  { name: 'client.scroll.thread.longest', of: 'value', atMost: 100 },
  { name: 'client.key.p95', of: 'value', atMost: 16 },
  { name: 'client.scripts', of: 'value', atMost: 250 },
  { name: 'client.flood.moves', of: 'value', atMost: 0 },
  { name: 'client.flood.heap', of: 'value', atMost: 2 },
  { name: 'client.flood.requests', of: 'value', atMost: 1 },
];

/** `≥ 0.6 ✓`, or nothing where no target is set. */
export function verdict(figure: Figure): string {
  const target = targets.find(({ name }) => name === figure.name);
  if (!target) return '';
  const judged = target.of === 'value' ? figure.value : (figure.ratio ?? figure.value);
  if (target.atLeast !== undefined) return `≥ ${target.atLeast} ${judged >= target.atLeast ? '✓' : '✗'}`;
  return `≤ ${target.atMost} ${judged <= target.atMost! ? '✓' : '✗'}`;
}
