import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { QueueMember } from '#libs/contracts/index.js';
import { TeamQueues } from '#libs/conversations/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import { Announcements } from '#libs/platform/realtime/index.js';
import { QueueBook } from './queue-book.js';
import type { StoredRules } from './queue.entity.js';
import type { Queue } from './rules/waiting-contact.js';

/** What travels under the topic `queues`. */
export interface QueueNews {
  queueId: string;
}

interface Row {
  id: string;
  name: string;
  version: number;
  rules: StoredRules;
  members: QueueMember[];
  account_ids: string[];
  skill_ids: string[];
}

/** Every queue in memory, read anew when one changed: matching asks for rules far more often than anybody sets them. */
@Injectable()
export class QueueStore implements OnModuleInit, OnApplicationBootstrap {
  private book: QueueBook = new QueueBook([]);
  private reading: Promise<void> | null = null;
  /** How often something changed, so that whoever reads meanwhile can tell. */
  private changes = 1;
  private read = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly announcements: Announcements,
    private readonly teams: TeamQueues,
  ) {}

  onModuleInit(): void {
    this.teams.register(
      async (agentId) => (await this.current()).ofAgent(agentId),
      async () => (await this.current()).all,
    );
    this.announcements.on('queues', () => this.changed());
    this.announcements.onGap(() => this.changed());
  }

  /** Nobody is served before the rules are known. */
  async onApplicationBootstrap(): Promise<void> {
    await this.current();
  }

  /** As last read; for those who cannot wait. */
  get known(): QueueBook {
    return this.book;
  }

  async current(): Promise<QueueBook> {
    while (this.read !== this.changes) {
      this.reading ??= this.load(this.changes).finally(() => (this.reading = null));
      await this.reading;
    }
    return this.book;
  }

  async one(tx: Tx, id: string): Promise<Queue | undefined> {
    const [row] = await tx.query<Row>(`${selectQueues} and q.id = $1`, [id]);
    return row && toQueue(row);
  }

  announce(tx: Tx, queueId: string): void {
    this.announcements.announce(tx, 'queues', { queueId } satisfies QueueNews);
  }

  /** Read at once, for those who only look at what is known; whoever needs it asks again if this fails. */
  private changed(): void {
    this.changes++;
    this.current().catch(() => undefined);
  }

  private async load(seen: number): Promise<void> {
    const rows = await this.dataSource.query<Row[]>(`${selectQueues} order by q.id`);
    this.book = new QueueBook(rows.map(toQueue));
    this.read = seen;
  }
}

const selectQueues = `
  select q.id, q.name, q.version, q.rules,
    coalesce((select json_agg(json_build_object('agentId', m.agent_id::text, 'rank', m.rank, 'delaySeconds', m.delay_seconds)
      order by m.rank, m.agent_id) from queue_members m where m.queue_id = q.id), '[]') as members,
    array(select a.account_id::text from account_queues a where a.queue_id = q.id order by a.account_id) as account_ids,
    array(select s.id::text from skills s) as skill_ids
  from queues q where q.deleted_at is null`;

/** A skill that is no more is asked of nobody. */
function toQueue({ id, name, version, rules, members, account_ids, skill_ids }: Row): Queue {
  const skillSteps = rules.skillSteps.map((step) => ({
    ...step,
    need: step.need.filter(({ skillId }) => skill_ids.includes(skillId)),
  }));
  return { ...rules, skillSteps, id, name, version, members, accountIds: account_ids };
}
