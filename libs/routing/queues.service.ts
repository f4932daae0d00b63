import { Injectable } from '@nestjs/common';
import {
  errorCodes,
  type CreateQueueBody,
  type EditQueueBody,
  type QueueRules,
  type QueueView,
} from '#libs/contracts/index.js';
import { WaitingRoom } from '#libs/conversations/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { AppError, conflict, invalid, notFound } from '#libs/platform/telemetry/index.js';
import { faultsOf } from './queue-check.js';
import { circleFault, missingReferences } from './queue-references.js';
import { QueueStore } from './queue-store.js';
import type { StoredRules } from './queue.entity.js';
import type { Queue } from './rules/waiting-contact.js';
import { Signals } from './signals.js';
import { usualRules } from './usual-rules.js';

/** Makes and changes queues. A change bites at once: what waits is looked at again with it. */
@Injectable()
export class Queues {
  constructor(
    private readonly transactions: Transactions,
    private readonly store: QueueStore,
    private readonly waiting: WaitingRoom,
    private readonly signals: Signals,
  ) {}

  async view(id: string): Promise<QueueView> {
    const queue = (await this.store.current()).queue(id);
    if (!queue) throw notFound('The queue');
    return queue;
  }

  create(body: CreateQueueBody): Promise<QueueView> {
    return this.transactions.run(async (tx) => {
      const rules = merged(usualRules, body);
      await this.check(tx, null, rules);
      const [row] = await tx
        .query<{ id: string }>('insert into queues (name, rules) values ($1, $2) returning id', [
          rules.name,
          JSON.stringify(storedOf(rules)),
        ])
        .catch(nameTaken);
      return this.fill(tx, row!.id, rules);
    });
  }

  edit(id: string, body: EditQueueBody): Promise<QueueView> {
    return this.transactions.run(async (tx) => {
      const before = await this.locked(tx, id);
      if (body.version !== undefined && body.version !== before.version)
        throw conflict(errorCodes.conflict, 'Somebody else has changed the queue meanwhile.');
      const rules = merged(before, body);
      await this.check(tx, id, rules);
      await tx
        .query('update queues set name = $2, rules = $3, version = version + 1 where id = $1', [
          id,
          rules.name,
          JSON.stringify(storedOf(rules)),
        ])
        .catch(nameTaken);
      return this.fill(tx, id, rules);
    });
  }

  /** Only when nothing of it is under way: a queue with contacts in it is switched off first. */
  remove(id: string): Promise<void> {
    return this.transactions.run(async (tx) => {
      await this.locked(tx, id);
      const [used] = await tx.query<{ contacts: number; source: string | null }>(
        `select (select count(*)::int from contacts where queue_id = $1 and closed_at is null) as contacts,
           (select name from queues where deleted_at is null and rules->'overflow'->>'queueId' = $1::text
             order by id limit 1) as source`,
        [id],
      );
      if (used!.contacts > 0) throw inUse('contacts', 'Contacts of this queue are open.', used!.contacts);
      if (used!.source !== null) throw inUse('overflow', `${used!.source} overflows into this queue.`);
      await tx.query('delete from queue_members where queue_id = $1', [id]);
      await tx.query('delete from account_queues where queue_id = $1', [id]);
      await tx.query('update queues set deleted_at = now() where id = $1', [id]);
      this.store.announce(tx, id);
    });
  }

  /** What a change would make of the queue, checked but not written. */
  async proposed(id: string, body: EditQueueBody): Promise<{ before: Queue; after: Queue }> {
    return this.transactions.run(async (tx) => {
      const before = await this.locked(tx, id);
      const rules = merged(before, body);
      await this.check(tx, id, rules);
      return { before, after: { ...rules, id, version: before.version } };
    });
  }

  private async locked(tx: Tx, id: string): Promise<Queue> {
    await tx.query('select from queues where id = $1 for update', [id]);
    const queue = await this.store.one(tx, id);
    if (!queue) throw notFound('The queue');
    return queue;
  }

  private async check(tx: Tx, id: string | null, rules: QueueRules): Promise<void> {
    const own = faultsOf(rules);
    if (own.length > 0) throw invalid(own);
    const others = [...(await this.store.current()).all];
    const faults = [...(await missingReferences(tx, id, rules)), ...circleFault(id, rules, others)];
    if (faults.length > 0) throw invalid(faults);
  }

  private async fill(tx: Tx, id: string, rules: QueueRules): Promise<QueueView> {
    await tx.query('delete from queue_members where queue_id = $1', [id]);
    await tx.query(
      `insert into queue_members (queue_id, agent_id, rank, delay_seconds)
       select $1, m.agent_id, m.rank, m.delay from unnest($2::bigint[], $3::int[], $4::int[]) as m(agent_id, rank, delay)`,
      [
        id,
        rules.members.map(({ agentId }) => agentId),
        rules.members.map(({ rank }) => rank),
        rules.members.map(({ delaySeconds }) => delaySeconds),
      ],
    );
    await tx.query('delete from account_queues where queue_id = $1 and account_id <> all($2::bigint[])', [
      id,
      rules.accountIds,
    ]);
    await tx.query(
      `insert into account_queues (account_id, queue_id) select a, $2 from unnest($1::bigint[]) a
       on conflict (account_id) do nothing`,
      [rules.accountIds, id],
    );
    const dependent = await tx.query<{ id: string }>(
      `select id from queues where deleted_at is null and rules->'overflow'->>'queueId' = $1::text`,
      [id],
    );
    const ids = [id, ...dependent.map((row) => row.id)];
    await this.waiting.lookAgain(tx, ids);
    this.store.announce(tx, id);
    this.signals.send(tx, { queues: ids, accounts: rules.accountIds, counts: ids, dueInMs: 0 });
    const made = await this.store.one(tx, id);
    return made!;
  }
}

function merged(before: QueueRules, { version: _, ...body }: EditQueueBody): QueueRules {
  const said = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
  const { name, ...rest } = { ...before, ...said };
  return { ...rest, name: name.trim() };
}

function storedOf(rules: QueueRules): StoredRules {
  const { name: _name, members: _members, accountIds: _accounts, ...rest } = rules as Queue;
  const { id: _id, version: _version, ...stored } = rest;
  return stored as StoredRules;
}

function nameTaken(fault: unknown): never {
  if ((fault as { constraint?: string }).constraint === 'queues_name')
    throw new AppError(409, errorCodes.conflict, 'Another queue has this name.', {
      fields: [{ field: 'name', rule: 'taken', message: 'Another queue has this name.' }],
    });
  throw fault;
}

/** What keeps it: open contacts, and how many, or another queue, by its name. */
function inUse(field: 'contacts' | 'overflow', message: string, actual?: number): AppError {
  return new AppError(409, errorCodes.queueInUse, message, {
    fields: [{ field, rule: 'inUse', message, ...(actual === undefined ? {} : { actual }) }],
  });
}
