import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ConversationChanges } from '#libs/contracts/index.js';
import { Jobs } from '#libs/platform/jobs/index.js';
import { invalid } from '#libs/platform/telemetry/index.js';
import { mayRead, type Asker, type Standing } from '../conversation-access.js';
import { standingOfRow } from '../conversation-news.js';
import { numbersFor } from '../customers/numbers.js';
import { selectThreadRows, toConversationRow, type ThreadRow } from '../threads/thread-row.js';

/** So many rows, and so many transactions of an account; beyond, a list is read anew. */
const ROWS = 500;
const TRANSACTIONS = 2_000;
/** A screen that was away for longer reads its lists anew. */
const KEPT_HOURS = 6;

/** A position in the feed: the oldest transaction that was still running. */
export const feedNow = `pg_snapshot_xmin(pg_current_snapshot())::text`;

/** One row for a transaction and an account, from a set with `id` and `account_id`. */
export const logListChanges = (changed: string): string => `
  insert into list_changes (account_id, feed, conversation_ids)
  select account_id, pg_current_xact_id()::text::bigint, array_agg(id) from ${changed} group by account_id`;

/**
 * What changed since a list was read. `feed` is the oldest transaction that was still running then: whatever it or a
 * later one wrote is told (again, perhaps; rows carry a version). Not a time and not a serial: neither says what was
 * committed.
 */
@Injectable()
export class ListChanges implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.at('40 * * * *', 'conversations.list-changes', () => this.dropOld());
  }

  async since(asker: Asker, since: string, known: string[]): Promise<ConversationChanges> {
    if (!/^\d{1,18}$/.test(since)) throw invalid([{ field: 'since', rule: 'isFeed', message: 'not a feed position' }]);
    // Before the rows: what is committed in between is told now and again the next time.
    const [now] = await this.dataSource.query<{ feed: string; transactions: number; kept: boolean }[]>(
      `select ${feedNow} as feed, from_feed <= $2::bigint as kept, (
         select coalesce(max(n), 0)::int from unnest($1::bigint[]) as scope(id), lateral (
           select count(*) as n from (
             select from list_changes l where l.account_id = scope.id and l.feed >= $2 limit ${TRANSACTIONS + 1}) those) counted
       ) as transactions
       from list_changes_kept`,
      [asker.accountIds, since],
    );
    const { feed, transactions, kept } = now!;
    const gone = await this.goneOf(asker, known);
    if (!kept || transactions > TRANSACTIONS) return { rows: [], gone, feed, complete: false };
    const rows = await this.dataSource.query<ThreadRow[]>(
      `with touched as (
         select distinct unnest(l.conversation_ids) as id from unnest($1::bigint[]) as scope(id), lateral (
           select l.conversation_ids from list_changes l where l.account_id = scope.id and l.feed >= $2
           order by l.feed limit ${TRANSACTIONS}
         ) l limit ${ROWS + 1}
       )
       select t.* from touched join (${selectThreadRows}) t on t.id = touched.id`,
      [asker.accountIds, since],
    );
    const numbers = numbersFor(asker);
    return {
      rows: rows.filter((row) => mayRead(asker, standingOfRow(row))).map((row) => toConversationRow(row, numbers)),
      gone,
      feed,
      complete: rows.length <= ROWS,
    };
  }

  /** Every id is asked for, changed or not: it may be the agent's rights that changed. */
  private async goneOf(asker: Asker, known: string[]): Promise<string[]> {
    if (known.length === 0) return [];
    const rows = await this.dataSource.query<(Standing & { id: string })[]>(
      `select id, account_id as "accountId", contact_id is not null as open, assignee_id as "assigneeId",
         last_assignee_id as "lastAssigneeId" from conversations where id = any($1::bigint[])`,
      [known],
    );
    const readable = new Set(rows.filter((row) => mayRead(asker, row)).map(({ id }) => id));
    return known.filter((id) => !readable.has(id));
  }

  private async dropOld(): Promise<void> {
    await this.dataSource.query(
      `with dropped as (
         delete from list_changes where at < now() - make_interval(hours => ${KEPT_HOURS}) returning feed
       )
       update list_changes_kept set from_feed = greatest(from_feed, (select max(feed) + 1 from dropped))`,
    );
  }
}
