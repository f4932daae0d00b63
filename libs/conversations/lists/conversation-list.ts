import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  WAITING_NOBODY,
  type ConversationPage,
  type ListOrder,
  type View,
  type ViewCounts,
} from '#libs/contracts/index.js';
import { invalid } from '#libs/platform/telemetry/index.js';
import type { Asker } from '../conversation-access.js';
import { feedNow } from './list-changes.js';
import { TeamQueues } from '../contacts/team-queues.js';
import type { Narrowing } from './list-filters.js';
import { numbersFor } from '../customers/numbers.js';
import { selectThreadRows, toConversationRow, type ThreadRow } from '../threads/thread-row.js';

export interface ListQuery {
  view: View;
  order: ListOrder;
  cursor: string | null;
  limit: number;
  /** Only this account; null = every one the agent may see. */
  account: string | null;
  /** Of the view `all`. */
  filters?: Narrowing;
}

const COUNT_LIMIT = 1000;
/** A key below is the time since which somebody waits; the others are WAITING_NOBODY less a time. See `waitingKey`. */
const SINCE_A_TIME = WAITING_NOBODY / 2;

/** The inbox's lists: ordered by the narrow table, one query a page, each row complete. */
@Injectable()
export class ConversationList {
  constructor(
    private readonly dataSource: DataSource,
    private readonly teams: TeamQueues,
  ) {}

  async page(asker: Asker, query: ListQuery): Promise<ConversationPage> {
    const after = query.cursor === null ? null : readCursor(query.cursor);
    const part = await this.source(asker, query);
    // Ascending by the wait, or descending by the last activity: both walk an index, one of them backwards.
    const [key, beyond, way] =
      query.order === 'waiting' ? ['i.waiting_key', '>', 'asc'] : ['i.newest_key', '<', 'desc'];
    // Each account's rows come ordered from its own index; the few of them are then merged. A team's are sorted: as many
    // as are open in its queues, which is what people can hold and what waits.
    const rows = await this.dataSource.query<(ThreadRow & { list_key: string; feed_now: string })[]>(
      `with picked as (
         select i.* from unnest($1::bigint[]) as scope(id), lateral (
           select i.conversation_id, ${key} as list_key from ${part.from ?? 'inbox i'}
           where ${part.where} and ($3::bigint is null or (${key}, i.conversation_id) ${beyond} ($3, $4))
           order by ${key} ${way}, i.conversation_id ${way} limit $2
         ) i order by i.list_key ${way}, i.conversation_id ${way} limit $2
       )
       select t.*, picked.list_key, feed.now as feed_now from (select ${feedNow} as now) feed
         left join (picked join (${selectThreadRows}) t on t.id = picked.conversation_id) on true
       order by picked.list_key ${way}, t.id ${way}`,
      [part.scope, query.limit + 1, after?.key ?? null, after?.id ?? null, ...part.params],
    );
    // The feed is of the same moment as the rows, also when there are none.
    const feed = rows[0]!.feed_now;
    const found = rows.filter((row) => row.id !== null);
    const shown = found.slice(0, query.limit);
    const last = found.length > query.limit ? shown.at(-1) : undefined;
    const numbers = numbersFor(asker);
    return {
      rows: shown.map((row) => toConversationRow(row, numbers)),
      nextCursor: last ? `${last.list_key}.${last.id}` : null,
      feed,
    };
  }

  async counts(asker: Asker, account: string | null): Promise<ViewCounts> {
    const count = async (view: View): Promise<number> => {
      const part = await this.source(asker, { view, order: 'waiting', account });
      // Sets that do not overlap, each from its own index up to the limit.
      const sets = (part.sets ?? [`${part.where} order by i.waiting_key`]).map(
        (set) => `(select 1 from ${part.counted ?? 'inbox i'} where ${set} limit $2)`,
      );
      const [row] = await this.dataSource.query<{ count: number }[]>(
        `select count(*)::int as count from (
           select from unnest($1::bigint[]) as scope(id), lateral (${sets.join(' union all ')}) i
           where $3::bigint is null and $4::bigint is null limit $2) counted`,
        [part.scope, COUNT_LIMIT, null, null, ...part.params],
      );
      return row?.count ?? 0;
    };
    const [mine, unassigned, queue, bot, all, answered] = await Promise.all([
      count('mine'),
      count('unassigned'),
      count('queue'),
      count('bot'),
      count('all'),
      this.botsAnswer(asker, account),
    ]);
    return { mine, unassigned, queue, bot: bot > 0 || answered ? bot : null, all };
  }

  /** New contacts begin with a bot at one of these accounts. */
  private async botsAnswer(asker: Asker, account: string | null): Promise<boolean> {
    const { scope } = await this.source(asker, { view: 'bot', order: 'waiting', account });
    const [row] = await this.dataSource.query<{ answered: boolean }[]>(
      'select exists (select from account_first_bots where account_id = any($1::bigint[])) as answered',
      [scope],
    );
    return row!.answered;
  }

  private async source(asker: Asker, query: Part): Promise<Source> {
    const queueIds = query.view === 'queue' ? await this.teams.of(asker.agentId) : [];
    return source(asker, query, queueIds);
  }
}

type Part = Pick<ListQuery, 'view' | 'order' | 'account' | 'filters'>;

interface Source {
  scope: readonly string[];
  /** Where rows come from, if not from the inbox alone. */
  from?: string;
  where: string;
  /** Where they are counted, if not in the inbox. */
  counted?: string;
  /** The same in sets that do not overlap, where each has an index of its own. */
  sets?: string[];
  params: unknown[];
}

/** What of the inbox a view shows; `scope` is what `lateral` runs over, further parameters begin at $5. */
function source(asker: Asker, query: Part, queueIds: readonly string[]): Source {
  const accounts = query.account === null ? asker.accountIds : asker.accountIds.filter((id) => id === query.account);
  switch (query.view) {
    case 'mine':
      return {
        scope: [asker.agentId],
        where: `i.open and i.assignee_id = scope.id and i.account_id = any($5::bigint[])`,
        params: [accounts],
      };
    case 'unassigned':
      return {
        scope: accounts,
        where: `i.open and i.assignee_id is null and i.bot_id is null and i.account_id = scope.id`,
        params: [],
      };
    case 'bot':
      return { scope: accounts, where: `i.open and i.bot_id is not null and i.account_id = scope.id`, params: [] };
    case 'queue':
      return teamSource(asker, accounts, queueIds);
    case 'all': {
      const narrow = query.filters && narrowed(asker, accounts, query.filters);
      if (narrow) return narrow;
      // As `mayRead`: the unassigned ones, hers, and what she closed.
      return asker.visibility === 'own'
        ? {
            scope: accounts,
            where: `i.account_id = scope.id and ((i.open and i.assignee_id is null) or (i.open and i.assignee_id = $5)
              or (not i.open and i.assignee_id = $5))`,
            sets: [
              `i.account_id = scope.id and i.open and i.assignee_id is null and i.bot_id is null order by i.waiting_key`,
              `i.account_id = scope.id and i.open and i.bot_id is not null`,
              `i.account_id = scope.id and i.open and i.assignee_id = $5`,
              `i.account_id = scope.id and not i.open and i.assignee_id = $5`,
            ],
            params: [asker.agentId],
          }
        : { scope: accounts, where: `i.account_id = scope.id`, params: [] };
    }
  }
}

/** Whose and where, by an index; what is left of the filters is asked of each row that it leads to. */
function narrowed(asker: Asker, accounts: readonly string[], filters: Narrowing): Source | null {
  const source = led(asker, accounts, filters);
  if (source === null) return null;
  const conditions: string[] = [];
  const params = [...source.params];
  if (filters.unanswered) conditions.push(`i.waiting_key < ${SINCE_A_TIME}`);
  if (filters.state !== null) conditions.push(filters.state === 'open' ? 'i.open' : 'not i.open');
  if (filters.label !== null && !source.labelled) {
    params.push(filters.label);
    conditions.push(
      `(select true from conversation_labels l where l.conversation_id = i.conversation_id and l.label_id = $${4 + params.length})`,
    );
  }
  return { ...source, where: [source.where, ...conditions].join(' and '), params };
}

/** Each by an index that is there for another list: an agent's, the unassigned ones, a queue's, a label's, the longest waits. */
function led(asker: Asker, accounts: readonly string[], filters: Narrowing): (Source & { labelled?: true }) | null {
  const agent = filters.agent === 'me' ? asker.agentId : filters.agent;
  if (filters.queue !== null) {
    const source = teamSource(asker, accounts, [filters.queue]);
    if (agent === null) return source;
    if (agent === 'none') return { ...source, where: `${source.where} and t.assignee_id is null` };
    const whose = `${source.where} and t.assignee_id = $${5 + source.params.length}`;
    return { ...source, where: whose, params: [...source.params, agent] };
  }
  if (agent === 'none') {
    const where = `i.open and i.assignee_id is null and i.bot_id is null and i.account_id = scope.id`;
    return { scope: accounts, where, params: [] };
  }
  if (agent !== null) {
    const seen = asker.visibility !== 'own' || agent === asker.agentId;
    const where = `i.open and i.assignee_id = scope.id and i.account_id = any($5::bigint[])`;
    return { scope: seen ? [agent] : [], where, params: [accounts] };
  }
  if (filters.label === null && filters.state === null && !filters.unanswered) return null;
  // As `mayRead`: the unassigned ones, hers, and what she closed.
  const own = asker.visibility === 'own';
  if (filters.label !== null && !filters.unanswered) {
    const may = own ? ' and ((i.open and i.assignee_id is null) or i.assignee_id = $6)' : '';
    return {
      scope: [filters.label],
      from: 'conversation_labels l, lateral (select * from inbox where conversation_id = l.conversation_id offset 0) i',
      where: `l.label_id = scope.id and i.account_id = any($5::bigint[])${may}`,
      params: [accounts, ...(own ? [asker.agentId] : [])],
      labelled: true,
    };
  }
  return {
    scope: accounts,
    where: `i.account_id = scope.id${own ? ' and ((i.open and i.assignee_id is null) or i.assignee_id = $5)' : ''}`,
    params: own ? [asker.agentId] : [],
  };
}

/** Being a member of a queue shows nothing that `mayRead` does not: it only picks. */
function teamSource(asker: Asker, accounts: readonly string[], queueIds: readonly string[]): Source {
  const contacts = 't.queue_id = scope.id and t.closed_at is null and t.account_id = any($5::bigint[])';
  const own = asker.visibility === 'own' ? ' and (t.assignee_id is null or t.assignee_id = $6)' : '';
  return {
    scope: queueIds,
    // `offset 0`: one look by the key for each contact, however few rows the planner takes the inbox to have.
    from: 'contacts t, lateral (select * from inbox where conversation_id = t.conversation_id offset 0) i',
    where: `${contacts}${own}`,
    counted: 'contacts t',
    sets: [`${contacts}${own}`],
    params: [accounts, ...(own === '' ? [] : [asker.agentId])],
  };
}

function readCursor(cursor: string): { key: string; id: string } {
  const parts = /^(\d{1,18})\.(\d{1,18})$/.exec(cursor);
  if (!parts) throw invalid([{ field: 'cursor', rule: 'isCursor', message: 'not a cursor of this list' }]);
  return { key: parts[1]!, id: parts[2]! };
}
