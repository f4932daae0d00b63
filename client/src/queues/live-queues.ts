import type { QueryClient } from '@tanstack/react-query';
import type { QueueEvent, QueueSummary } from '#libs/contracts/index.js';
import { keys } from '../conversations/queries.js';
import { queueKeys } from './queries.js';

/** Queues by name, and which of them are one's own. */
export class LiveQueues {
  constructor(private readonly client: QueryClient) {}

  hear({ id, queue, mine }: QueueEvent): void {
    this.client.setQueryData<QueueSummary[]>(queueKeys.summaries, (known) => known && put(known, id, queue));
    const before = this.client.getQueryData<string[]>(queueKeys.mine);
    const member = mine && queue !== null;
    if (before === undefined || before.includes(id) === member) return;
    this.client.setQueryData(queueKeys.mine, member ? [...before, id] : before.filter((each) => each !== id));
    void this.client.invalidateQueries({ queryKey: keys.counts });
  }

  async catchUp(): Promise<void> {
    await Promise.all([
      this.client.invalidateQueries({ queryKey: queueKeys.summaries }),
      this.client.invalidateQueries({ queryKey: queueKeys.mine }),
    ]);
  }
}

function put(known: QueueSummary[], id: string, queue: QueueSummary | null): QueueSummary[] {
  if (queue === null) return known.filter((each) => each.id !== id);
  return known.some((each) => each.id === id)
    ? known.map((each) => (each.id === id ? queue : each))
    : [...known, queue];
}
