import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { errorCodes, type MergePreview } from '#libs/contracts/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { conflict, forbidden, invalid, notFound } from '#libs/platform/telemetry/index.js';
import { mayRead } from '../conversation-access.js';
import { standingOfRow } from '../conversation-news.js';
import type { Author } from '../threads/posting.js';
import { customerColumns, toCustomerView, type CustomerRow } from '../threads/thread-row.js';
import { planMerge, planUnmerge, type Known, type MergeRecord } from './merge-plan.js';
import { numbersFor } from './numbers.js';
import { People, type LockedPerson } from './people.js';

type KnownRow = { id: string; merged_into: string | null; values: Record<string, string> } & Known['fields'];

/**
 * Two customers are one person (名寄せ). Rows and conversations stay where they are, because messages come in by the number:
 * the joined one points at the one who stays, what is known of the person is made the same, and a record says what both
 * were before. Taking it back reads that record.
 */
@Injectable()
export class Merges {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly people: People,
  ) {}

  async preview(author: Author, keptId: string, joinedId: string): Promise<MergePreview> {
    if (!author.permissions.has('customer.merge')) throw forbidden();
    const [kept, joined] = [await this.people.read(author, keptId), await this.people.read(author, joinedId)];
    const known = await this.known(this.dataSource, [kept.headId, joinedId]);
    mayJoin(known, kept.headId, joinedId, joined.ids.length);
    const customers = await this.dataSource.query<CustomerRow[]>(
      `select p.id as customer_id, ${customerColumns} from customers p where p.id = any($1::bigint[])`,
      [[kept.headId, joinedId]],
    );
    const [counted] = await this.dataSource.query<{ notes: number; conversations: number }[]>(
      `select (select count(*)::int from customer_notes where customer_id = $1) as notes,
         (select count(*)::int from conversations where customer_id = $1) as conversations`,
      [joinedId],
    );
    const view = (id: string) =>
      toCustomerView(
        customers.find(({ customer_id }) => customer_id === id)!,
        numbersFor(author),
      );
    const { shown } = planMerge(known.get(kept.headId)!, known.get(joinedId)!);
    return { kept: view(kept.headId), joined: view(joinedId), fields: shown, ...counted! };
  }

  /** @returns the id of the merge, by which it is taken back */
  merge(author: Author, keptId: string, joinedId: string): Promise<string> {
    if (!author.permissions.has('customer.merge')) throw forbidden();
    return this.transactions.run(async (tx) => {
      const locked = await this.people.lock(tx, [keptId, joinedId]);
      mayBoth(author, locked, [keptId, joinedId]);
      const known = await this.known(tx, locked.ids);
      const kept = locked.headId;
      const members = [...known.values()].filter((row) => (row.merged_into ?? row.id) === joinedId);
      mayJoin(known, kept, joinedId, members.length);
      const before = { kept: knownOf(known.get(kept)!), joined: knownOf(known.get(joinedId)!) };
      const { after } = planMerge(before.kept, before.joined);
      const record: MergeRecord = { kept: { before: before.kept, after }, joined: { before: before.joined } };
      const [made] = await tx.query<{ id: string }>(
        'insert into customer_merges (kept_id, joined_id, by_agent_id, record) values ($1, $2, $3, $4) returning id',
        [kept, joinedId, author.agentId, JSON.stringify(record)],
      );
      await tx.query('update customers set merged_into = $2 where id = $1', [joinedId, kept]);
      await this.writeFields(tx, locked.ids, after.fields);
      await this.writeValues(tx, author, kept, before.kept.values, after.values);
      await this.people.tell(tx, locked);
      return made!.id;
    });
  }

  /** Messages that came meanwhile stand where their number's conversation is; notes stay with the number they were written at. */
  unmerge(author: Author, customerId: string, mergeId: string): Promise<void> {
    if (!author.permissions.has('customer.merge')) throw forbidden();
    return this.transactions.run(async (tx) => {
      const locked = await this.people.lock(tx, [customerId]);
      const [merge] = await tx.query<{ kept_id: string; joined_id: string; record: MergeRecord }>(
        `select kept_id, joined_id, record from customer_merges
         where id = $1 and undone_at is null and joined_id = any($2::bigint[]) for update`,
        [mergeId, locked.ids],
      );
      if (!merge || !locked.threads.some((thread) => mayRead(author, standingOfRow(thread)))) {
        throw notFound('The merge');
      }
      const known = await this.known(tx, [merge.kept_id, merge.joined_id]);
      const now = knownOf(known.get(merge.kept_id)!);
      const { kept, joined } = planUnmerge(merge.record, now);
      await tx.query('update customers set merged_into = null where id = $1', [merge.joined_id]);
      await this.writeFields(
        tx,
        locked.ids.filter((id) => id !== merge.joined_id),
        kept.fields,
      );
      await this.writeFields(tx, [merge.joined_id], joined.fields);
      await this.writeValues(tx, author, merge.kept_id, now.values, kept.values);
      await tx.query('update customer_merges set undone_at = now(), undone_by = $2 where id = $1', [
        mergeId,
        author.agentId,
      ]);
      await this.people.tell(tx, locked);
    });
  }

  private async known(
    at: Pick<Tx, 'query'> | DataSource,
    customerIds: readonly string[],
  ): Promise<Map<string, KnownRow & Known>> {
    const rows = await (at as Pick<Tx, 'query'>).query<KnownRow>(
      `select p.id, p.merged_into, p.name, p.kana, p.language,
         coalesce((select json_object_agg(v.field_id, v.value) from customer_values v where v.customer_id = p.id), '{}') as values
       from customers p where p.id = any($1::bigint[])`,
      [customerIds as string[]],
    );
    return new Map(
      rows.map((row) => [row.id, { ...row, fields: { name: row.name, kana: row.kana, language: row.language } }]),
    );
  }

  private async writeFields(tx: Tx, customerIds: readonly string[], fields: Known['fields']): Promise<void> {
    await tx.query('update customers set name = $2, kana = $3, language = $4 where id = any($1::bigint[])', [
      customerIds,
      fields.name,
      fields.kana,
      fields.language,
    ]);
  }

  /** Only what differs: whoever wrote a value stays the one who wrote it. */
  private async writeValues(
    tx: Tx,
    author: Author,
    customerId: string,
    now: Known['values'],
    wanted: Known['values'],
  ): Promise<void> {
    const gone = Object.keys(now).filter((id) => wanted[id] === undefined);
    const fresh = Object.entries(wanted).filter(([id, value]) => now[id] !== value);
    await tx.query('delete from customer_values where customer_id = $1 and field_id = any($2::bigint[])', [
      customerId,
      gone,
    ]);
    await tx.query(
      `insert into customer_values (customer_id, field_id, value, by_agent_id)
       select $1, id, value, $3 from json_to_recordset($2::json) as v(id bigint, value text)
       on conflict (customer_id, field_id) do update set value = excluded.value, by_agent_id = excluded.by_agent_id, at = now()`,
      [customerId, JSON.stringify(fresh.map(([id, value]) => ({ id, value }))), author.agentId],
    );
  }
}

function knownOf({ fields, values }: Known): Known {
  return { fields, values };
}

/** A conversation of each must be the reader's to see: nobody joins a person she cannot look at. */
function mayBoth(author: Author, { threads }: LockedPerson, customerIds: readonly string[]): void {
  for (const id of customerIds) {
    const seen = threads.some(
      (thread) => (thread.customer_id === id || thread.merged_into === id) && mayRead(author, standingOfRow(thread)),
    );
    if (!seen) throw notFound('The customer');
  }
}

/** Chains could not be taken apart in any order: whoever is joined stands alone. */
function mayJoin(known: Map<string, KnownRow>, keptId: string, joinedId: string, members: number): void {
  if (keptId === joinedId) {
    throw invalid([{ field: 'customerId', rule: 'another', message: 'A customer cannot be merged with herself.' }]);
  }
  if (known.get(joinedId)?.merged_into !== null || members > 1) {
    throw conflict(errorCodes.alreadyMerged, 'This customer is merged already; take that back first.');
  }
}
