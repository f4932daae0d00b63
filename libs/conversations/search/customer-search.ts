import { Injectable } from '@nestjs/common';
import type { CustomerHit, FoundText, SearchGroup } from '#libs/contracts/index.js';
import { displayAddress } from '../address-key.js';
import { mayRead, type Asker, type Standing } from '../conversation-access.js';
import { codesToAsk } from './codes.js';
import { marksIn, stretchOf } from './found-text.js';
import { customerWords } from './searchable.js';
import { accountsOf, Params, readable } from './search-scope.js';
import { TimeIsUp, type SearchSession } from './search-pool.js';

/** A name that more people have is not looked through to its end: the query wants another word. */
const CANDIDATES = 2_000;

interface CustomerRow extends Standing {
  conversation_id: string;
  newest_key: string;
  customer_id: string;
  name: string | null;
  kana: string | null;
  phone: string | null;
  address: string;
  candidates: number;
}

/** Customers by name, reading and number, those with the newest conversations first. */
@Injectable()
export class CustomerSearch {
  async find(
    session: SearchSession,
    asker: Asker,
    { terms, account, limit }: { terms: readonly string[]; account: string | null; limit: number },
  ): Promise<SearchGroup<CustomerHit>> {
    const params = new Params();
    const codes = params.add(`{${[...new Set(terms.flatMap(codesToAsk))].join(',')}}`);
    const accounts = params.add(accountsOf(asker, account));
    const may = readable(asker, params) ?? 'true';
    try {
      const rows = await session.query<CustomerRow>(
        `with found as materialized (
           select s.customer_id from customer_search s where s.codes @> ${codes}::int[] limit ${CANDIDATES + 1}
         ), picked as materialized (
           select i.conversation_id, i.newest_key from found, lateral (
             select i.conversation_id, i.newest_key from conversations c join inbox i on i.conversation_id = c.id
             where c.customer_id = found.customer_id and i.account_id = any(${accounts}::bigint[]) and ${may}
             order by i.newest_key desc limit 1
           ) i order by i.newest_key desc limit ${params.add(limit * 3)}
         )
         select c.id as conversation_id, picked.newest_key, p.id as customer_id, p.name, p.kana, p.phone, p.address,
           c.account_id as "accountId", c.contact_id is not null as open, c.assignee_id as "assigneeId",
           c.last_assignee_id as "lastAssigneeId", (select count(*)::int from found) as candidates
         from picked join conversations c on c.id = picked.conversation_id join customers p on p.id = c.customer_id
         order by picked.newest_key desc`,
        params.values,
      );
      const hits = rows.filter((row) => mayRead(asker, row) && has(row, terms)).map((row) => hitOf(row, terms));
      const more = (rows[0]?.candidates ?? 0) > CANDIDATES || hits.length > limit;
      return { hits: hits.slice(0, limit), nextCursor: null, partial: more, searchedTo: null };
    } catch (fault) {
      if (!(fault instanceof TimeIsUp)) throw fault;
      return { hits: [], nextCursor: null, partial: true, searchedTo: null };
    }
  }
}

/** Each term in one of the customer's words. */
function has(row: CustomerRow, terms: readonly string[]): boolean {
  const words = customerWords(row);
  return terms.every((term) => words.some((word) => word.includes(term)));
}

function hitOf(row: CustomerRow, terms: readonly string[]): CustomerHit {
  const phoneDisplay = displayAddress(row.address);
  return {
    customer: { id: row.customer_id, name: row.name, kana: row.kana, phone: row.phone, phoneDisplay },
    conversationId: row.conversation_id,
    accountId: row.accountId,
    lastActivityAt: new Date(Number(row.newest_key)).toISOString(),
    name: marked(row.name, terms),
    kana: marked(row.kana, terms),
    phone: row.phone === null ? null : marked(phoneDisplay, terms),
  };
}

/** Whichever of the terms stand in it. */
function marked(text: string | null, terms: readonly string[]): FoundText | null {
  if (text === null) return null;
  const marks = terms.flatMap((term) => marksIn(text, [term]) ?? []).sort((a, b) => a.from - b.from);
  return stretchOf(text, marks);
}
