import type { QueuePreview } from '#libs/contracts/index.js';

/** How many each would be offered; whoever gets most comes first. */
export function perPerson(offers: QueuePreview['offers']): { agentId: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { agentId } of offers) counts.set(agentId, (counts.get(agentId) ?? 0) + 1);
  return [...counts].map(([agentId, count]) => ({ agentId, count })).sort((a, b) => b.count - a.count);
}
