import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { errorCodes } from '#libs/contracts/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { conflict, notFound } from '#libs/platform/telemetry/index.js';
import { mayRead, type Asker } from '../conversation-access.js';
import { standingOfRow } from '../conversation-news.js';
import { customerColumns, type CustomerRow, type Thread } from '../threads/thread-row.js';
import { ThreadWriter } from '../threads/thread-writer.js';
import { readable } from './readable.js';

/** A customer with everybody who is shown as the same person, as one reader may see her. */
export interface Person {
  /** The one that the others were joined to; herself when nothing was merged. */
  headId: string;
  /** The head first. */
  ids: string[];
  /** Only those that the reader may read; at least one. */
  conversations: { id: string; customerId: string; accountId: string; lastActivityAt: Date }[];
}

export interface LockedPerson {
  headId: string;
  ids: string[];
  threads: Thread[];
}

const membersSql = `
  with head as (
    select coalesce(merged_into, id) as id from customers where id = $1
  ), members as (
    select id from head union select p.id from customers p join head on p.merged_into = head.id
  )`;

/** Customers as persons: who is shown together, and who may see and change them. */
@Injectable()
export class People {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly threads: ThreadWriter,
  ) {}

  /** @throws 404 when there is no such customer, and the same 404 when the reader may read none of her conversations */
  async read(asker: Asker, customerId: string): Promise<Person> {
    const allowed = readable(asker, 2);
    const rows = await this.dataSource.query<
      {
        head_id: string;
        customer_id: string;
        id: string | null;
        account_id: string;
        last_activity_at: Date;
      }[]
    >(
      `${membersSql}
       select head.id as head_id, m.id as customer_id, c.id, c.account_id, c.last_activity_at
       from head cross join members m left join conversations c on c.customer_id = m.id and ${allowed.sql}
       order by m.id <> head.id, m.id, c.last_activity_at desc`,
      [customerId, ...allowed.params],
    );
    const conversations = rows.flatMap((row) =>
      row.id === null
        ? []
        : [
            {
              id: row.id,
              customerId: row.customer_id,
              accountId: row.account_id,
              lastActivityAt: row.last_activity_at,
            },
          ],
    );
    if (conversations.length === 0) throw notFound('The customer');
    return { headId: rows[0]!.head_id, ids: [...new Set(rows.map((row) => row.customer_id))], conversations };
  }

  /**
   * Changes something about her: conversations are locked first, by account and customer as everybody does, then the
   * customers. Every screen that shows one of them hears of it.
   */
  change<R>(asker: Asker, customerId: string, work: (tx: Tx, person: LockedPerson) => Promise<R>): Promise<R> {
    return this.transactions.run(async (tx) => {
      const person = await this.lock(tx, [customerId]);
      if (!person.threads.some((thread) => mayRead(asker, standingOfRow(thread)))) throw notFound('The customer');
      const result = await work(tx, person);
      await this.tell(tx, person);
      return result;
    });
  }

  /** Everybody shown with any of these; the head is that of the first. */
  async lock(tx: Tx, customerIds: readonly string[]): Promise<LockedPerson> {
    const [first] = customerIds;
    const members = await this.membersOf(tx, customerIds);
    const head = members.find(({ id }) => id === first);
    if (!head) throw notFound('The customer');
    const ids = members.map(({ id }) => id);
    const conversations = await tx.query<{ id: string }>(
      'select id from conversations where customer_id = any($1::bigint[])',
      [ids],
    );
    const threads = await this.threads.lockMany(
      tx,
      conversations.map(({ id }) => id),
    );
    await tx.query('select id from customers where id = any($1::bigint[]) order by id for no key update', [ids]);
    // Joined or parted while the locks were waited for.
    const now = await this.membersOf(tx, customerIds);
    if (JSON.stringify(now) !== JSON.stringify(members)) {
      throw conflict(errorCodes.conflict, 'Somebody else is changing this customer.');
    }
    return { headId: head.head_id, ids, threads };
  }

  /** Raises the version and tells all conversations what their rows show of her now. */
  async tell(tx: Tx, { ids, threads }: Pick<LockedPerson, 'ids' | 'threads'>): Promise<void> {
    const rows = await tx.query<CustomerRow>(
      `update customers p set version = p.version + 1 where p.id = any($1::bigint[])
       returning p.id as customer_id, ${customerColumns}`,
      [ids],
    );
    const shown = new Map(rows.map((row) => [row.customer_id, row]));
    for (const thread of threads) Object.assign(thread, shown.get(thread.customer_id));
    await this.threads.save(tx, threads);
  }

  private membersOf(tx: Tx, customerIds: readonly string[]): Promise<{ id: string; head_id: string }[]> {
    return tx.query<{ id: string; head_id: string }>(
      `with heads as (
         select distinct coalesce(merged_into, id) as id from customers where id = any($1::bigint[])
       )
       select p.id, coalesce(p.merged_into, p.id) as head_id from customers p
       where p.id in (select id from heads union select m.id from customers m join heads on m.merged_into = heads.id)
       order by p.id`,
      [customerIds],
    );
  }
}
