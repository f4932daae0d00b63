import type { QueueEvent, QueueSummary } from '#libs/contracts/index.js';

/** News of a queue into the list; one that is not there yet comes last, as the server would list it. */
export function applyQueue(list: QueueSummary[], { id, queue }: Pick<QueueEvent, 'id' | 'queue'>): QueueSummary[] {
  if (queue === null) return list.filter((known) => known.id !== id);
  return list.some((known) => known.id === id)
    ? list.map((known) => (known.id === id ? queue : known))
    : [...list, queue];
}

/** When the first of them opens or closes by its hours; null: none ever does. */
export function nextChange(list: readonly QueueSummary[]): number | null {
  const times = list.flatMap(({ changesAt }) => (changesAt === null ? [] : [Date.parse(changesAt)]));
  return times.length === 0 ? null : Math.min(...times);
}
