import type { QueryClient } from '@tanstack/react-query';
import type { QueueEvent, QueueSummary, QueueView } from '#libs/contracts/index.js';
import { queueKeys } from './queries.js';
import { applyQueue } from './queues.cache.js';

/** Keeps the list of queues as it is, and lets an open editor know that a colleague has saved. */
export class LiveQueues {
  constructor(private readonly client: QueryClient) {}

  hear({ id, queue }: Pick<QueueEvent, 'id' | 'queue'>): void {
    this.client.setQueryData<QueueSummary[]>(queueKeys.list, (list) => list && applyQueue(list, { id, queue }));
    const known = this.client.getQueryData<QueueView>(queueKeys.rules(id));
    if (known !== undefined && known.version !== queue?.version)
      void this.client.invalidateQueries({ queryKey: queueKeys.rules(id) });
  }

  /** After a connect or a gap: what was told meanwhile is asked for, where somebody looks at it. */
  async catchUp(): Promise<void> {
    await this.client.invalidateQueries({ queryKey: queueKeys.list });
    await this.client.invalidateQueries({ queryKey: ['queue-rules'] });
  }
}
