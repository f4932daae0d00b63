import type { QueryClient } from '@tanstack/react-query';
import type { QueueEvent, QueueSummary, QueueView } from '#libs/contracts/index.js';
import { keys } from '../conversations/queries.js';
import { queueKeys } from './queries.js';
import { applyQueue } from './queues.cache.js';

/** Keeps the list of queues as it is, and which of them are one's own; lets an open editor know that a colleague has saved. */
export class LiveQueues {
  constructor(private readonly client: QueryClient) {}

  hear({ id, queue, mine }: QueueEvent): void {
    this.client.setQueryData<QueueSummary[]>(queueKeys.list, (list) => list && applyQueue(list, { id, queue }));
    const rules = this.client.getQueryData<QueueView>(queueKeys.rules(id));
    if (rules !== undefined && rules.version !== queue?.version)
      void this.client.invalidateQueries({ queryKey: queueKeys.rules(id) });
    const before = this.client.getQueryData<string[]>(queueKeys.mine);
    const member = mine && queue !== null;
    if (before === undefined || before.includes(id) === member) return;
    this.client.setQueryData(queueKeys.mine, member ? [...before, id] : before.filter((each) => each !== id));
    void this.client.invalidateQueries({ queryKey: keys.counts });
  }

  /** After a connect or a gap: what was told meanwhile is asked for, where somebody looks at it. */
  async catchUp(): Promise<void> {
    const stale = [queueKeys.list, queueKeys.mine, queueKeys.allRules];
    await Promise.all(stale.map((queryKey) => this.client.invalidateQueries({ queryKey })));
  }
}
