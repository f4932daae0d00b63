import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { MessageContent } from '#libs/contracts/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { Jobs } from '#libs/platform/jobs/index.js';
import { Log, Metrics } from '#libs/platform/telemetry/index.js';
import { Inbox } from '../intake/inbox.js';
import { customerCodes, messageCodes } from './searchable.js';

const LOOK_MS = 500;
/** Few at a time: working out the codes must not hold up a node that serves people. */
const BATCH = 200;
/** Between batches of what was there before: new messages, and people, go first. */
const REST_MS = 15;
const AFTER_FAULT_MS = 5_000;
/** While more than this wait to be stored, the index waits too, and looks again after a moment … */
const CROWD = 30;
const CROWDED_MS = 100;
/** … but not longer than this. */
const PATIENCE_MS = 10_000;

interface Progress {
  upto: string;
  back_to: string;
  customers_upto: string;
}

/** Up to these ids nobody can come any more: every transaction that ran when they were the highest has ended. */
interface Settled {
  messages: bigint;
  customers: bigint;
}

interface NewMessage {
  id: string;
  account_id: string;
  conversation_id: string;
  contact_id: string | null;
  created_at: Date;
  kind: string;
  content: MessageContent;
}

interface CustomerRow {
  id: string;
  name: string | null;
  kana: string | null;
  phone: string | null;
  values: string[];
}

/**
 * Takes messages and customers into the index of searching, after they were stored: receiving must not wait for it, searching
 * may be a second late.
 *
 * It follows the ids. They become visible out of order, so an id that is higher than one that was read says nothing about
 * those between. Each look therefore remembers the highest id that was given out, and then the newest transaction; once
 * none of those is running any more, everything up to that id is there for good or never will be, because whoever writes a
 * message holds a row lock, and with it a transaction's number, before it draws the id.
 *
 * How far it came is stored with what it wrote. Any node may go on from there, one at a time: the row of the progress is
 * the lock. What was there before the index is taken in backwards, the newest first, whenever nothing new waits.
 */
@Injectable()
export class SearchFollower implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private stopped = false;
  private loop: Promise<void> = Promise.resolve();
  private wake: () => void = () => undefined;
  private pending: (Settled & { before: string }) | null = null;
  private settled: Settled | null = null;
  private waitingSince: number | null = null;
  private left = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly jobs: Jobs,
    private readonly inbox: Inbox,
    private readonly log: Log,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.metrics.watch('madoguchi_search_lag_seconds', 'Since when the oldest message waits to be findable', () =>
      this.waitingSince === null ? 0 : (Date.now() - this.waitingSince) / 1000,
    );
    this.metrics.watch(
      'madoguchi_search_old_messages',
      'Messages from before the index that it still lacks',
      () => this.left,
    );
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.sayWithoutExtension();
    if (this.jobs.wanted) this.loop = this.follow();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.loop;
  }

  /** Everything there is now, at once: for filling a database that nobody uses yet. */
  async catchUp(batch: number): Promise<void> {
    do await this.look();
    while (this.settled === null);
    while (await this.step(batch));
  }

  private async follow(): Promise<void> {
    while (!this.stopped) {
      let rest = LOOK_MS;
      try {
        await this.look();
        if (this.isCrowded()) rest = CROWDED_MS;
        else while (!this.stopped && !this.isCrowded() && (await this.step(BATCH))) await this.pause(REST_MS);
      } catch (fault) {
        // The database may be away, or the row be held by a node that froze; what was not written comes again.
        this.log.warn({ err: fault }, 'the index of searching could not go on');
        rest = AFTER_FAULT_MS;
      }
      await this.pause(rest);
    }
  }

  /** Whoever writes now goes first. */
  private isCrowded(): boolean {
    if (this.inbox.waiting <= CROWD) return false;
    return this.waitingSince === null || Date.now() - this.waitingSince < PATIENCE_MS;
  }

  /** What can be relied upon, by now. */
  private async look(): Promise<void> {
    const [now] = await this.dataSource.query<
      { messages: string; customers: string; oldest: string; upto: string; back_to: string }[]
    >(
      `select (select case when is_called then last_value else 0 end from messages_id_seq) as messages,
         (select case when is_called then last_value else 0 end from customers_id_seq) as customers,
         pg_snapshot_xmin(pg_current_snapshot())::text as oldest, upto, back_to from search_progress`,
    );
    const { messages, customers, oldest, upto, back_to } = now!;
    if (this.pending !== null && BigInt(oldest) >= BigInt(this.pending.before)) {
      this.settled = { messages: this.pending.messages, customers: this.pending.customers };
      this.pending = null;
    }
    if (this.pending === null) {
      // After the ids, in a statement of its own: one that began later can only have drawn a higher id.
      const [after] = await this.dataSource.query<{ before: string }[]>(
        `select pg_snapshot_xmax(pg_current_snapshot())::text as before`,
      );
      this.pending = { messages: BigInt(messages), customers: BigInt(customers), before: after!.before };
    }
    this.left = Number(back_to);
    const waits = BigInt(upto) < BigInt(messages);
    this.waitingSince = waits ? (this.waitingSince ?? Date.now()) : null;
  }

  /** @returns whether there may be more */
  private async step(batch: number): Promise<boolean> {
    const { settled } = this;
    if (settled === null) return false;
    return this.transactions.run(async (tx) => {
      const [progress] = await tx.query<Progress>('select * from search_progress for update skip locked');
      // Another node is at it.
      if (!progress) return false;
      if (BigInt(progress.upto) < settled.messages) return this.forward(tx, progress.upto, settled.messages, batch);
      const customers = await this.takeCustomers(tx, progress.customers_upto, settled.customers, batch);
      if (customers) return true;
      return progress.back_to === '0' ? false : this.backward(tx, progress.back_to, batch);
    });
  }

  private async forward(tx: Tx, upto: string, settled: bigint, batch: number): Promise<boolean> {
    const rows = await tx.query<NewMessage>(`${newMessages} where m.id > $1 and m.id <= $2 order by m.id limit $3`, [
      upto,
      String(settled),
      batch,
    ]);
    await this.write(tx, rows);
    const whole = rows.length < batch;
    await tx.query('update search_progress set upto = $1', [whole ? String(settled) : rows.at(-1)!.id]);
    return true;
  }

  private async backward(tx: Tx, backTo: string, batch: number): Promise<boolean> {
    const rows = await tx.query<NewMessage>(`${newMessages} where m.id <= $1 order by m.id desc limit $2`, [
      backTo,
      batch,
    ]);
    await this.write(tx, rows);
    const to = rows.length < batch ? '0' : String(BigInt(rows.at(-1)!.id) - 1n);
    await tx.query('update search_progress set back_to = $1', [to]);
    this.left = Number(to);
    return true;
  }

  private async write(tx: Tx, rows: NewMessage[]): Promise<void> {
    const found = rows.flatMap((row) => {
      const codes = row.kind === 'activity' ? null : messageCodes(row.kind, row.content);
      return codes === null ? [] : [{ ...row, codes }];
    });
    if (found.length === 0) return;
    await tx.query(
      `insert into message_search (message_id, account_id, conversation_id, contact_id, created_at, note, codes)
       select id, account_id, conversation_id, contact_id, created_at, note, codes::int[]
       from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::timestamptz[], $6::boolean[], $7::text[])
         as t(id, account_id, conversation_id, contact_id, created_at, note, codes)
       on conflict (message_id) do nothing`,
      [
        found.map(({ id }) => id),
        found.map(({ account_id }) => account_id),
        found.map(({ conversation_id }) => conversation_id),
        found.map(({ contact_id }) => contact_id),
        found.map(({ created_at }) => created_at.toISOString()),
        found.map(({ kind }) => kind === 'note'),
        found.map(({ codes }) => codes),
      ],
    );
  }

  /** New ones by their ids, and those whose words have changed. */
  private async takeCustomers(tx: Tx, upto: string, settled: bigint, batch: number): Promise<boolean> {
    const due = await tx.query<{ customer_id: string }>(
      `delete from customer_search_due where customer_id in (select customer_id from customer_search_due limit $1)
       returning customer_id`,
      [batch],
    );
    const fresh = await tx.query<CustomerRow>(
      `${searchedCustomers} where p.id > $1 and p.id <= $2 order by p.id limit $3`,
      [upto, String(settled), batch],
    );
    const changed = await tx.query<CustomerRow>(`${searchedCustomers} where p.id = any($1::bigint[])`, [
      due.map(({ customer_id }) => customer_id),
    ]);
    const rows = [...new Map([...fresh, ...changed].map((row) => [row.id, row])).values()];
    if (rows.length > 0) {
      await tx.query(
        `insert into customer_search (customer_id, codes)
         select id, codes::int[] from unnest($1::bigint[], $2::text[]) as t(id, codes)
         on conflict (customer_id) do update set codes = excluded.codes`,
        [rows.map(({ id }) => id), rows.map(customerCodes)],
      );
    }
    if (BigInt(upto) >= settled) return due.length > 0;
    const to = fresh.length < batch ? String(settled) : fresh.at(-1)!.id;
    await tx.query('update search_progress set customers_upto = $1', [to]);
    return true;
  }

  private async sayWithoutExtension(): Promise<void> {
    const [index] = await this.dataSource.query<{ columns: number }[]>(
      `select indnatts as columns from pg_index where indexrelid = to_regclass('message_search_codes')`,
    );
    if (index && index.columns < 2) {
      this.log.warn({}, 'searching works without btree_gin, and reads more than it would have to: see docs/search.md');
    }
  }

  private pause(milliseconds: number): Promise<void> {
    if (this.stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Attributes are the person's, and so are all her numbers. */
const searchedCustomers = `
  select p.id, p.name, p.kana, p.phone,
    array(select v.value from customer_values v where v.customer_id = coalesce(p.merged_into, p.id)) as values
  from customers p`;

const newMessages = `
  select m.id, c.account_id, m.conversation_id, m.contact_id, m.created_at, m.kind, m.content
  from messages m join conversations c on c.id = m.conversation_id`;
