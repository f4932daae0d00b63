import { Injectable } from '@nestjs/common';
import type { CustomerHit, FoundText, SearchGroup } from '#libs/contracts/index.js';
import { mayRead, type Asker, type Standing } from '../conversation-access.js';
import { numbersFor, type Numbers } from '../customers/numbers.js';
import { customerColumns, toCustomerView, type CustomerRow } from '../threads/thread-row.js';
import { codesToAsk } from './codes.js';
import { marksIn, stretchOf } from './found-text.js';
import { customerWords } from './searchable.js';
import { accountsOf, Params, readable } from './search-scope.js';
import { TimeIsUp, type SearchSession } from './search-pool.js';

/** A name that more people have is not looked through to its end: the query wants another word. */
const CANDIDATES = 2_000;

interface FoundRow extends CustomerRow, Standing {
  conversation_id: string;
  newest_key: string;
  /** Of the accounts that are searched. */
  attributes: { label: string; value: string }[];
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
      const rows = await session.query<FoundRow>(
        `with found as materialized (
           select s.customer_id from customer_search s where s.codes @> ${codes}::int[] limit ${CANDIDATES + 1}
         ), picked as materialized (
           select i.conversation_id, i.newest_key from found, lateral (
             select i.conversation_id, i.newest_key from conversations c join inbox i on i.conversation_id = c.id
             where c.customer_id = found.customer_id and i.account_id = any(${accounts}::bigint[]) and ${may}
             order by i.newest_key desc limit 1
           ) i order by i.newest_key desc limit ${params.add(limit * 3)}
         )
         select c.id as conversation_id, picked.newest_key, p.id as customer_id, ${customerColumns},
           c.account_id as "accountId", c.contact_id is not null as open, c.assignee_id as "assigneeId",
           c.last_assignee_id as "lastAssigneeId",
           (select coalesce(json_agg(json_build_object('label', f.label, 'value', v.value) order by f.position, f.id), '[]')
            from customer_values v join customer_fields f on f.id = v.field_id and f.active
            where v.customer_id = coalesce(p.merged_into, p.id) and f.account_id = any(${accounts}::bigint[])) as attributes,
           (select count(*)::int from found) as candidates
         from picked join conversations c on c.id = picked.conversation_id join customers p on p.id = c.customer_id
         order by picked.newest_key desc`,
        params.values,
      );
      const numbers = numbersFor(asker);
      const hits = rows
        .filter((row) => mayRead(asker, row) && has(row, terms, numbers))
        .map((row) => hitOf(row, terms, numbers));
      const more = (rows[0]?.candidates ?? 0) > CANDIDATES || hits.length > limit;
      return { hits: hits.slice(0, limit), nextCursor: null, partial: more, searchedTo: null };
    } catch (fault) {
      if (!(fault instanceof TimeIsUp)) throw fault;
      return { hits: [], nextCursor: null, partial: true, searchedTo: null };
    }
  }
}

/**
 * Each term in one of the customer's words. Whoever may not see numbers whole finds by a whole one, or by the end that she
 * sees: digit by digit nobody feels her way along a number.
 */
function has(row: FoundRow, terms: readonly string[], numbers: Numbers): boolean {
  const names = customerWords({
    name: row.customer_name,
    kana: row.customer_kana,
    phone: null,
    values: row.attributes.map(({ value }) => value),
  });
  const dialled = customerWords({ name: null, kana: null, phone: row.phone });
  const inNumber = (term: string): boolean =>
    numbers === 'whole'
      ? dialled.some((word) => word.includes(term))
      : dialled.some((word) => word === term || (term.length <= 4 && word.endsWith(term)));
  return terms.every((term) => names.some((word) => word.includes(term)) || inNumber(term));
}

function hitOf(row: FoundRow, terms: readonly string[], numbers: Numbers): CustomerHit {
  const customer = toCustomerView(row, numbers);
  return {
    customer,
    conversationId: row.conversation_id,
    accountId: row.accountId,
    lastActivityAt: new Date(Number(row.newest_key)).toISOString(),
    name: marked(row.customer_name, terms),
    kana: marked(row.customer_kana, terms),
    phone: row.phone === null ? null : marked(customer.phoneDisplay, terms),
    attribute: attributeOf(row, terms),
  };
}

/** The first in which one of the terms stands. */
function attributeOf({ attributes }: FoundRow, terms: readonly string[]): CustomerHit['attribute'] {
  for (const { label, value } of attributes) {
    const found = terms.some((term) => marksIn(value, [term]) !== null) ? marked(value, terms) : null;
    if (found) return { label, found };
  }
  return null;
}

/** Whichever of the terms stand in it. */
function marked(text: string | null, terms: readonly string[]): FoundText | null {
  if (text === null) return null;
  const marks = terms.flatMap((term) => marksIn(text, [term]) ?? []).sort((a, b) => a.from - b.from);
  return stretchOf(text, marks);
}
