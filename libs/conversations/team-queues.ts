import { Injectable } from '@nestjs/common';

type QueuesOf = (agentId: string) => Promise<readonly string[]>;

/** The queues whose contacts somebody finds under チーム. Whoever keeps queues stands above this lib and registers here. */
@Injectable()
export class TeamQueues {
  private queuesOf: QueuesOf | null = null;

  register(queuesOf: QueuesOf): void {
    if (this.queuesOf !== null) throw new Error('Two libs want to say whose queues are whose.');
    this.queuesOf = queuesOf;
  }

  /** Nobody keeps queues: none. */
  async of(agentId: string): Promise<readonly string[]> {
    return (await this.queuesOf?.(agentId)) ?? [];
  }
}
