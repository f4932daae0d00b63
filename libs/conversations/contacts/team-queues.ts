import { Injectable } from '@nestjs/common';

type QueuesOf = (agentId: string) => Promise<readonly string[]>;

/** What this lib may know of a queue. */
export interface KnownQueue {
  id: string;
  name: string;
  accountIds: readonly string[];
}

type EveryQueue = () => Promise<Iterable<KnownQueue>>;

/** The queues whose contacts somebody finds under チーム. Whoever keeps queues stands above this lib and registers here. */
@Injectable()
export class TeamQueues {
  private queuesOf: QueuesOf | null = null;
  private everyQueue: EveryQueue | null = null;

  register(queuesOf: QueuesOf, everyQueue: EveryQueue): void {
    if (this.queuesOf !== null) throw new Error('Two libs want to say whose queues are whose.');
    this.queuesOf = queuesOf;
    this.everyQueue = everyQueue;
  }

  /** Nobody keeps queues: none. */
  async of(agentId: string): Promise<readonly string[]> {
    return (await this.queuesOf?.(agentId)) ?? [];
  }

  async every(): Promise<KnownQueue[]> {
    return [...((await this.everyQueue?.()) ?? [])];
  }
}
