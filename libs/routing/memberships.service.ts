import { Injectable } from '@nestjs/common';
import { Agents } from '#libs/agents/index.js';
import { queueLimits, type FieldError, type QueueMembership } from '#libs/contracts/index.js';
import { WaitingRoom } from '#libs/conversations/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { invalid } from '#libs/platform/telemetry/index.js';
import { QueueStore } from './queue-store.js';
import { Signals } from './signals.js';

/** The queues of one agent, from her side: the same rows that a queue's own members are. A change bites at once. */
@Injectable()
export class Memberships {
  constructor(
    private readonly transactions: Transactions,
    private readonly agents: Agents,
    private readonly store: QueueStore,
    private readonly waiting: WaitingRoom,
    private readonly signals: Signals,
  ) {}

  /** @throws 404 when there is no such agent */
  async of(agentId: string): Promise<QueueMembership[]> {
    await this.agents.byId(agentId);
    const book = await this.store.current();
    return book.ofAgent(agentId).map((queueId) => {
      const { rank, delaySeconds } = book.membership(queueId, agentId)!;
      return { queueId, rank, delaySeconds };
    });
  }

  /** Only queues in which something changes get a new version; whoever edits one of those meanwhile is told. */
  async set(agentId: string, memberships: readonly QueueMembership[]): Promise<QueueMembership[]> {
    await this.agents.byId(agentId);
    await this.transactions.run(async (tx) => {
      const before = await this.locked(
        tx,
        agentId,
        memberships.map(({ queueId }) => queueId),
      );
      check(memberships, before);
      const changed = [...before.values()].filter((queue) => differs(queue, memberships)).map(({ id }) => id);
      if (changed.length === 0) return;
      await tx.query('delete from queue_members where agent_id = $1 and queue_id = any($2::bigint[])', [
        agentId,
        changed,
      ]);
      const kept = memberships.filter(({ queueId }) => changed.includes(queueId));
      await tx.query(
        `insert into queue_members (queue_id, agent_id, rank, delay_seconds)
         select m.queue_id, $1, m.rank, m.delay from unnest($2::bigint[], $3::int[], $4::int[]) as m(queue_id, rank, delay)`,
        [
          agentId,
          kept.map(({ queueId }) => queueId),
          kept.map(({ rank }) => rank),
          kept.map(({ delaySeconds }) => delaySeconds),
        ],
      );
      await tx.query('update queues set version = version + 1 where id = any($1::bigint[])', [changed]);
      await this.waiting.lookAgain(tx, changed);
      for (const id of changed) this.store.announce(tx, id);
      this.signals.send(tx, { queues: changed, counts: changed, agents: [agentId], dueInMs: 0 });
    });
    return this.of(agentId);
  }

  /** Those that she is in and those that she shall be in, locked in the order of their ids. */
  private async locked(tx: Tx, agentId: string, wanted: readonly string[]): Promise<Map<string, Standing>> {
    await tx.query(
      `select from queues where deleted_at is null and (id = any($2::bigint[])
         or id in (select queue_id from queue_members where agent_id = $1)) order by id for update`,
      [agentId, wanted],
    );
    // A statement of its own: what it reads is as new as the locks.
    const rows = await tx.query<Standing>(
      `select q.id, m.rank, m.delay_seconds as delay, (select count(*)::int from queue_members a where a.queue_id = q.id) as members
       from queues q left join queue_members m on m.queue_id = q.id and m.agent_id = $1
       where q.deleted_at is null and (q.id = any($2::bigint[]) or m.agent_id is not null)`,
      [agentId, wanted],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }
}

interface Standing {
  id: string;
  /** null: she is not in it. */
  rank: number | null;
  delay: number | null;
  members: number;
}

function check(memberships: readonly QueueMembership[], queues: ReadonlyMap<string, Standing>): void {
  const faults = memberships.flatMap(({ queueId }, index): FieldError[] => {
    const field = `memberships.${index}.queueId`;
    const queue = queues.get(queueId);
    if (!queue) return [{ field, rule: 'exists', message: `There is no queue ${queueId}.` }];
    if (memberships.findIndex((each) => each.queueId === queueId) < index)
      return [{ field, rule: 'arrayUnique', message: `${queueId} is named twice.` }];
    const limit = queueLimits.members;
    if (queue.rank !== null || queue.members < limit) return [];
    return [{ field, rule: 'arrayMaxSize', message: 'The queue is full.', limit, actual: queue.members + 1 }];
  });
  if (faults.length > 0) throw invalid(faults);
}

function differs({ id, rank, delay }: Standing, memberships: readonly QueueMembership[]): boolean {
  const wanted = memberships.find(({ queueId }) => queueId === id);
  return (wanted?.rank ?? null) !== rank || (wanted?.delaySeconds ?? null) !== delay;
}
