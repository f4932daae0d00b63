import type { QueueMember } from '#libs/contracts/index.js';
import type { Queue } from './rules/waiting-contact.js';

/** All queues as they are at one moment, and the questions asked of them again and again. Never changes. */
export class QueueBook {
  private readonly byId: ReadonlyMap<string, Queue>;
  private readonly memberships = new Map<string, Map<string, QueueMember>>();
  private readonly queuesOfAgent = new Map<string, string[]>();
  private readonly components = new Map<string, string[]>();

  constructor(queues: readonly Queue[]) {
    this.byId = new Map(queues.map((queue) => [queue.id, queue]));
    for (const queue of queues) {
      this.memberships.set(queue.id, new Map(queue.members.map((member) => [member.agentId, member])));
      for (const { agentId } of queue.members) {
        const known = this.queuesOfAgent.get(agentId);
        if (known) known.push(queue.id);
        else this.queuesOfAgent.set(agentId, [queue.id]);
      }
    }
    for (const queue of queues) if (!this.components.has(queue.id)) this.gather(queue.id);
  }

  get ids(): string[] {
    return [...this.byId.keys()];
  }

  get all(): Iterable<Queue> {
    return this.byId.values();
  }

  queue(id: string | null): Queue | undefined {
    return id === null ? undefined : this.byId.get(id);
  }

  membership(queueId: string, agentId: string): QueueMember | undefined {
    return this.memberships.get(queueId)?.get(agentId);
  }

  ofAgent(agentId: string): readonly string[] {
    return this.queuesOfAgent.get(agentId) ?? [];
  }

  ofAccount(accountId: string): Queue | undefined {
    for (const queue of this.byId.values()) if (queue.accountIds.includes(accountId)) return queue;
    return undefined;
  }

  /**
   * The queues that share people with this one, directly or over others, in the order of their ids. Which contact an agent
   * gets next depends on all her queues, so they are matched together and by one at a time.
   */
  component(queueId: string): readonly string[] {
    return this.components.get(queueId) ?? [];
  }

  membersOf(queueIds: readonly string[]): string[] {
    return [...new Set(queueIds.flatMap((id) => [...(this.memberships.get(id)?.keys() ?? [])]))];
  }

  private gather(start: string): void {
    const found = new Set([start]);
    for (const id of found) {
      const queue = this.byId.get(id)!;
      const neighbours = queue.members.flatMap(({ agentId }) => this.ofAgent(agentId));
      const links = [...this.byId.values()].filter((other) => other.overflow?.queueId === id).map((other) => other.id);
      if (queue.overflow && this.byId.has(queue.overflow.queueId)) links.push(queue.overflow.queueId);
      for (const other of [...neighbours, ...links]) found.add(other);
    }
    const component = [...found].sort((a, b) => Number(a) - Number(b));
    for (const id of component) this.components.set(id, component);
  }
}
