import { Injectable } from '@nestjs/common';
import {
  errorCodes,
  savedViewLimits,
  type EditSavedViewBody,
  type ListFilters,
  type ListOrder,
  type OrderSavedViewsBody,
  type SavedView,
  type SavedViewBody,
} from '#libs/contracts/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { conflict, forbidden, invalid, notFound } from '#libs/platform/telemetry/index.js';
import { DataSource } from 'typeorm';
import type { Asker } from '../conversation-access.js';
import { mustMeet } from '../lists/list-filters.js';

interface Row {
  id: string;
  owner_id: string | null;
  name: string;
  filters: Omit<ListFilters, 'label' | 'state'> & Partial<ListFilters>;
  list_order: ListOrder;
}

/** 保存済み: one's own, and those that are shared. A filter shows nothing that whoever uses it may not read. */
@Injectable()
export class SavedViews {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
  ) {}

  async list(asker: Asker): Promise<SavedView[]> {
    const rows = await this.dataSource.query<Row[]>(
      `select id, owner_id, name, filters, list_order from saved_views where owner_id = $1 or owner_id is null
       order by owner_id nulls last, position, id`,
      [asker.agentId],
    );
    return rows.map(toView);
  }

  create(asker: Asker, { name, shared, filters, order }: SavedViewBody): Promise<SavedView> {
    if (shared) mustShare(asker);
    mustNarrow(filters);
    return this.transactions.run(async (tx) => {
      const owner = shared ? null : asker.agentId;
      const { count, last } = await this.shelf(tx, owner);
      if (count >= savedViewLimits.count) {
        throw conflict(errorCodes.conflict, `There are ${count} views already; ${savedViewLimits.count} are allowed.`);
      }
      const [row] = await tx.query<Row>(
        `insert into saved_views (owner_id, name, filters, list_order, position) values ($1, $2, $3, $4, $5)
         returning id, owner_id, name, filters, list_order`,
        [owner, name.trim(), JSON.stringify(filters), order, last + 1],
      );
      return toView(row!);
    });
  }

  edit(asker: Asker, id: string, { name, filters, order }: EditSavedViewBody): Promise<SavedView> {
    if (filters !== undefined) mustNarrow(filters);
    return this.transactions.run(async (tx) => {
      await this.mine(tx, asker, id);
      const [row] = await tx.query<Row>(
        `update saved_views set name = coalesce($2, name), filters = coalesce($3::jsonb, filters),
           list_order = coalesce($4, list_order) where id = $1 returning id, owner_id, name, filters, list_order`,
        [id, name?.trim() ?? null, filters === undefined ? null : JSON.stringify(filters), order ?? null],
      );
      return toView(row!);
    });
  }

  remove(asker: Asker, id: string): Promise<void> {
    return this.transactions.run(async (tx) => {
      await this.mine(tx, asker, id);
      await tx.query('delete from saved_views where id = $1', [id]);
    });
  }

  /** Those that were made meanwhile stay behind the ones named. */
  async arrange(asker: Asker, { shared, ids }: OrderSavedViewsBody): Promise<SavedView[]> {
    if (shared) mustShare(asker);
    await this.dataSource.query(
      `update saved_views v set position = coalesce(given.place, v.position + $3) from saved_views all_of
         left join unnest($1::bigint[]) with ordinality as given(id, place) on given.id = all_of.id
       where v.id = all_of.id and v.owner_id is not distinct from $2::bigint`,
      [ids, shared ? null : asker.agentId, ids.length],
    );
    return this.list(asker);
  }

  private async mine(tx: Tx, asker: Asker, id: string): Promise<void> {
    const [row] = await tx.query<Row>('select id, owner_id from saved_views where id = $1 for update', [id]);
    if (!row || (row.owner_id !== null && row.owner_id !== asker.agentId)) throw notFound('The view');
    if (row.owner_id === null) mustShare(asker);
  }

  private async shelf(tx: Tx, owner: string | null): Promise<{ count: number; last: number }> {
    const [shelf] = await tx.query<{ count: number; last: number }>(
      `select count(*)::int as count, coalesce(max(position), 0)::int as last from saved_views
       where owner_id is not distinct from $1::bigint`,
      [owner],
    );
    return shelf!;
  }
}

function toView({ id, owner_id, name, filters, list_order }: Row): SavedView {
  // Views from before a filter was there do not name it.
  const { label = null, state = null } = filters;
  return { id, name, shared: owner_id === null, filters: { ...filters, label, state }, order: list_order };
}

function mustShare(asker: Asker): void {
  if (!asker.permissions.has('view.share')) throw forbidden();
}

function mustNarrow(filters: ListFilters): void {
  const { account, queue, agent, unanswered, label, state } = filters;
  mustMeet(filters, 'filters.state');
  if ([account, queue, agent, label, state].some((filter) => filter !== null) || unanswered) return;
  throw invalid([{ field: 'filters', rule: 'narrowsNothing', message: 'A view needs at least one filter.' }]);
}
