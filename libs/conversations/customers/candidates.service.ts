import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { parsePhone } from '#libs/carrier/index.js';
import type { LikenessReason, MergeCandidate } from '#libs/contracts/index.js';
import { forbidden } from '#libs/platform/telemetry/index.js';
import type { Author } from '../threads/posting.js';
import { customerColumns, toCustomerView, type CustomerRow } from '../threads/thread-row.js';
import { beginsWith, exactly, nearNumbers } from './likeness.js';
import { numbersFor } from './numbers.js';
import { People } from './people.js';
import { readable } from './readable.js';

const SHOWN = 20;
/** Of each kind so many are looked at before rights are asked. */
const LOOKED_AT = 200;

interface CandidateRow extends CustomerRow {
  by_kana: boolean;
  by_name: boolean;
  by_number: boolean;
  conversations: number;
  last_activity_at: Date;
}

/** Who may be the same person as this one; or whoever is looked for by name, ふりがな or number. */
@Injectable()
export class Candidates {
  constructor(
    private readonly dataSource: DataSource,
    private readonly people: People,
  ) {}

  async of(author: Author, customerId: string, search: string | null): Promise<MergeCandidate[]> {
    if (!author.permissions.has('customer.merge')) throw forbidden();
    const person = await this.people.read(author, customerId);
    const [known] = await this.dataSource.query<
      { name: string | null; kana: string | null; phone: string | null; address: string }[]
    >('select name, kana, phone, address from customers where id = $1', [person.headId]);
    const words = search?.trim() || null;
    const numbers = words === null ? nearNumbers(known!.phone ?? '') : [parsePhone(words) ?? ''];
    const name = words === null ? known!.name : words;
    const kana = words === null ? known!.kana : words;
    // As she is known: exactly so; looked for: whoever begins like this.
    const match = (text: string | null) => text && (words === null ? exactly(text) : beginsWith(text));
    const allowed = readable(author, 6);
    const rows = await this.dataSource.query<CandidateRow[]>(
      `with found as (
         (select id, true as by_kana, false as by_name, false as by_number from customers where kana like $2 limit ${LOOKED_AT})
         union all (select id, false, true, false from customers where name like $3 limit ${LOOKED_AT})
         union all (select id, false, false, true from customers where address = any($4) limit ${LOOKED_AT})
       ), each_once as (
         select id, bool_or(by_kana) as by_kana, bool_or(by_name) as by_name, bool_or(by_number) as by_number
         from found where id <> all($1::bigint[]) group by id
       )
       select p.id as customer_id, ${customerColumns}, f.by_kana, f.by_name, f.by_number, seen.conversations, seen.last_activity_at
       from each_once f join customers p on p.id = f.id, lateral (
         select count(*)::int as conversations, max(c.last_activity_at) as last_activity_at from conversations c
         where c.customer_id = p.id and ${allowed.sql}) seen
       where seen.conversations > 0 and p.merged_into is null
       order by f.by_kana::int + f.by_name::int + f.by_number::int desc, seen.last_activity_at desc limit $5`,
      [person.ids, match(kana), match(name), numbers, SHOWN, ...allowed.params],
    );
    return rows.map((row) => ({
      customer: toCustomerView(row, numbersFor(author)),
      why: words === null ? reasons(row) : ['search'],
      conversations: row.conversations,
      lastActivityAt: row.last_activity_at.toISOString(),
    }));
  }
}

function reasons({ by_kana, by_name, by_number }: CandidateRow): LikenessReason[] {
  return [
    ...(by_kana ? (['kana'] as const) : []),
    ...(by_name ? (['name'] as const) : []),
    ...(by_number ? (['number'] as const) : []),
  ];
}
