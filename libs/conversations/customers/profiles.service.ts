import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  customerLimits,
  type CustomerLanguage,
  type CustomerNote,
  type CustomerProfile,
  type CustomerView,
  type EditCustomerBody,
  type FieldError,
  type RevealedNumber,
  type VerificationMethod,
} from '#libs/contracts/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import { forbidden, invalid, notFound } from '#libs/platform/telemetry/index.js';
import { displayAddress } from './address-key.js';
import { mayRead } from '../conversation-access.js';
import { standingOfRow } from '../conversation-news.js';
import type { Author } from '../threads/posting.js';
import { customerColumns, toCustomerView, type CustomerRow } from '../threads/thread-row.js';
import { isStorable, VALUES_LIMIT } from './customers.dto.js';
import { readValue } from './field-values.js';
import { CustomerFields } from './fields.service.js';
import { maskNumber, numbersFor, type Numbers } from './numbers.js';
import { People, type LockedPerson, type Person } from './people.js';

interface StoredCustomer extends CustomerRow {
  language: CustomerLanguage | null;
  verified_at: Date | null;
  verified_method: VerificationMethod | null;
  verified_by_name: string | null;
  blocked_at: Date | null;
  blocked_reason: string | null;
  blocked_by_name: string | null;
  opted_out_at: Date | null;
  opted_out_by_name: string | null;
  succeeded_by: string | null;
  merge_id: string | null;
  merged_at: Date | null;
}

interface NoteRow {
  id: string;
  text: string;
  agent_id: string;
  agent_name: string;
  created_at: Date;
}

/** Further back is a matter of the table itself. */
const REVEALS = 20;

const customersSql = `
  select p.id as customer_id, ${customerColumns}, p.language, p.verified_at, p.verified_method, v.name as verified_by_name,
    p.blocked_at, p.blocked_reason, b.name as blocked_by_name, p.opted_out_at, o.name as opted_out_by_name, p.succeeded_by,
    m.id as merge_id, m.at as merged_at
  from customers p
    left join agents v on v.id = p.verified_by
    left join agents b on b.id = p.blocked_by
    left join agents o on o.id = p.opted_out_by
    left join customer_merges m on m.joined_id = p.id and m.undone_at is null
  where p.id = any($1::bigint[])`;

/**
 * What is known of a customer. Name, ふりがな, language, attributes and notes are of the person, and of everybody shown as
 * the same one; 本人確認, block and opt-out are of the number.
 */
@Injectable()
export class Profiles {
  constructor(
    private readonly dataSource: DataSource,
    private readonly people: People,
    private readonly fields: CustomerFields,
  ) {}

  async read(author: Author, customerId: string): Promise<CustomerProfile> {
    const person = await this.people.read(author, customerId);
    const [customers, values, notes, reveals] = await Promise.all([
      this.dataSource.query<StoredCustomer[]>(customersSql, [person.ids]),
      this.dataSource.query<{ field_id: string; value: string }[]>(
        `select v.field_id, v.value from customer_values v join customer_fields f on f.id = v.field_id
         where v.customer_id = $1 and f.account_id = any($2::bigint[])`,
        [person.headId, author.accountIds],
      ),
      this.notes(person.ids),
      author.permissions.has('customer.phone') ? this.reveals(person.ids) : null,
    ]);
    const asked = customers.find(({ customer_id }) => customer_id === customerId)!;
    const numbers = numbersFor(author);
    return {
      customer: toCustomerView(asked, numbers),
      language: asked.language,
      values: Object.fromEntries(values.map(({ field_id, value }) => [field_id, value])),
      notes,
      verification:
        asked.verified_at === null || asked.verified_until === null || asked.verified_method === null
          ? null
          : {
              method: asked.verified_method,
              by: asked.verified_by_name,
              at: asked.verified_at.toISOString(),
              until: asked.verified_until.toISOString(),
            },
      block:
        asked.blocked_at === null
          ? null
          : { at: asked.blocked_at.toISOString(), by: asked.blocked_by_name, reason: asked.blocked_reason },
      optOut:
        asked.opted_out_at === null ? null : { at: asked.opted_out_at.toISOString(), by: asked.opted_out_by_name },
      numbers: numbersOf(person, customers, numbers),
      reveals,
      successor: asked.succeeded_by === null ? null : await this.successor(author, asked.succeeded_by),
    };
  }

  /** The name stands in every list: all conversations of the person are told. */
  edit(author: Author, customerId: string, body: EditCustomerBody): Promise<CustomerView> {
    if (!author.permissions.has('customer.edit')) throw forbidden();
    return this.people
      .change(author, customerId, async (tx, person) => {
        await tx.query(
          `update customers set name = case when $2 then $3 else name end, kana = case when $4 then $5 else kana end,
             language = case when $6 then $7 else language end
           where id = any($1::bigint[])`,
          [
            person.ids,
            body.name !== undefined,
            tidy(body.name),
            body.kana !== undefined,
            tidy(body.kana),
            body.language !== undefined,
            body.language ?? null,
          ],
        );
        if (body.values) await this.saveValues(tx, author, person, body.values);
        return person;
      })
      .then(({ threads }) => {
        const seen = threads.find(
          (thread) => thread.customer_id === customerId && mayRead(author, standingOfRow(thread)),
        );
        return toCustomerView(seen ?? threads.find((thread) => thread.customer_id === customerId)!, numbersFor(author));
      });
  }

  async addNote(author: Author, customerId: string, text: string): Promise<CustomerNote> {
    if (!author.permissions.has('customer.edit')) throw forbidden();
    return this.people.change(author, customerId, async (tx, person) => {
      const [{ count } = { count: 0 }] = await tx.query<{ count: number }>(
        'select count(*)::int as count from customer_notes where customer_id = any($1::bigint[])',
        [person.ids],
      );
      if (count >= customerLimits.notes) {
        const limit = customerLimits.notes;
        throw invalid([{ field: 'text', rule: 'tooMany', message: `${limit} notes are allowed.`, limit }]);
      }
      const [note] = await tx.query<NoteRow>(
        `insert into customer_notes (customer_id, agent_id, text) values ($1, $2, $3)
         returning id, text, agent_id, created_at`,
        [customerId, author.agentId, text.trim()],
      );
      return toNote({ ...note!, agent_name: author.name });
    });
  }

  /** Her own; those of others are a matter of whoever manages customers. */
  async removeNote(author: Author, customerId: string, noteId: string): Promise<void> {
    if (!author.permissions.has('customer.edit')) throw forbidden();
    await this.people.change(author, customerId, async (tx, person) => {
      const [note] = await tx.query<{ agent_id: string }>(
        'select agent_id from customer_notes where id = $1 and customer_id = any($2::bigint[]) for update',
        [noteId, person.ids],
      );
      if (!note) throw notFound('The note');
      if (note.agent_id !== author.agentId && !author.permissions.has('customer.manage')) {
        throw forbidden('Only whoever wrote a note may remove it.');
      }
      await tx.query('delete from customer_notes where id = $1', [noteId]);
    });
  }

  /** One number, whole, and written down who asked for it. */
  async reveal(author: Author, customerId: string): Promise<RevealedNumber> {
    if (!author.permissions.has('customer.reveal')) throw forbidden();
    await this.people.read(author, customerId);
    const [row] = await this.dataSource.query<{ phone: string | null; address: string }[]>(
      `with asked as (select id, phone, address from customers where id = $1 and phone is not null),
         written as (insert into customer_reveals (customer_id, agent_id) select id, $2 from asked)
       select phone, address from asked`,
      [customerId, author.agentId],
    );
    if (!row || row.phone === null) throw notFound('The number');
    return { phone: row.phone, phoneDisplay: displayAddress(row.address) };
  }

  /** Null forgets a value. Every fault is named, not only the first. */
  private async saveValues(
    tx: Tx,
    author: Author,
    person: LockedPerson,
    written: Record<string, string | null>,
  ): Promise<void> {
    if (Object.keys(written).length > VALUES_LIMIT) {
      throw invalid([{ field: 'values', rule: 'tooMany', message: 'Too many attributes.', limit: VALUES_LIMIT }]);
    }
    const fields = new Map((await this.fields.list(author.accountIds, tx)).map((field) => [field.id, field]));
    const faults: FieldError[] = [];
    const saved: { id: string; value: string }[] = [];
    const forgotten: string[] = [];
    for (const [id, text] of Object.entries(written)) {
      const field = fields.get(id);
      if (!field?.active) {
        faults.push({ field: `values.${id}`, rule: 'exists', message: 'There is no such attribute.' });
      } else if (text !== null && (typeof text !== 'string' || !isStorable(text))) {
        faults.push({ field: `values.${id}`, rule: 'isString', message: 'A value is a text without NUL.' });
      } else if (text === null || text.trim() === '') forgotten.push(id);
      else {
        const read = readValue(field, text);
        if ('fault' in read) faults.push(read.fault);
        else saved.push({ id, value: read.value });
      }
    }
    if (faults.length > 0) throw invalid(faults);
    await tx.query('delete from customer_values where customer_id = $1 and field_id = any($2::bigint[])', [
      person.headId,
      forgotten,
    ]);
    await tx.query(
      `insert into customer_values (customer_id, field_id, value, by_agent_id)
       select $1, id, value, $3 from json_to_recordset($2::json) as v(id bigint, value text)
       on conflict (customer_id, field_id) do update set value = excluded.value, by_agent_id = excluded.by_agent_id, at = now()`,
      [person.headId, JSON.stringify(saved), author.agentId],
    );
  }

  private async notes(customerIds: readonly string[]): Promise<CustomerNote[]> {
    const rows = await this.dataSource.query<NoteRow[]>(
      `select n.id, n.text, n.agent_id, a.name as agent_name, n.created_at
       from customer_notes n join agents a on a.id = n.agent_id
       where n.customer_id = any($1::bigint[]) order by n.id desc limit ${customerLimits.notes}`,
      [customerIds],
    );
    return rows.map(toNote);
  }

  private async reveals(customerIds: readonly string[]): Promise<NonNullable<CustomerProfile['reveals']>> {
    const rows = await this.dataSource.query<{ by: string; at: Date }[]>(
      `select a.name as by, r.at from unnest($1::bigint[]) as number(id), lateral (
           select * from customer_reveals where customer_id = number.id order by id desc limit ${REVEALS}) r
         join agents a on a.id = r.agent_id
       order by r.id desc limit ${REVEALS}`,
      [customerIds],
    );
    return rows.map(({ by, at }) => ({ by, at: at.toISOString() }));
  }

  private async successor(author: Author, customerId: string): Promise<CustomerProfile['successor']> {
    const person = await this.people.read(author, customerId).catch(() => null);
    const [conversation] = person?.conversations.filter((each) => each.customerId === customerId) ?? [];
    return conversation ? { customerId, conversationId: conversation.id } : null;
  }
}

function numbersOf(person: Person, customers: StoredCustomer[], numbers: Numbers): CustomerProfile['numbers'] {
  return person.ids.map((id) => {
    const row = customers.find(({ customer_id }) => customer_id === id)!;
    const display = displayAddress(row.address);
    return {
      customerId: id,
      phoneDisplay: numbers === 'whole' || row.phone === null ? display : maskNumber(display),
      mergeId: row.merge_id,
      mergedAt: row.merged_at?.toISOString() ?? null,
      conversations: person.conversations
        .filter(({ customerId }) => customerId === id)
        .map(({ id: conversationId, accountId, lastActivityAt }) => ({
          id: conversationId,
          accountId,
          lastActivityAt: lastActivityAt.toISOString(),
        })),
    };
  });
}

function toNote({ id, text, agent_id, agent_name, created_at }: NoteRow): CustomerNote {
  return { id, text, by: { id: agent_id, name: agent_name }, at: created_at.toISOString() };
}

function tidy(written: string | null | undefined): string | null {
  return written?.trim() || null;
}
