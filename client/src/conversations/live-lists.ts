import type { QueryClient } from '@tanstack/react-query';
import type { ConversationEvent, ConversationRow, CustomerView } from '#libs/contracts/index.js';
import type { Live } from '../connection/live.js';
import { api } from '../http/api.js';
import {
  appendPage,
  applyCustomer,
  applyListChanges,
  applyRow,
  type ConversationList,
  type ListRules,
} from './list.cache.js';
import { heardRows, keys, listAsked, listQuery, PAGE } from './queries.js';

const REPAIR_AGAIN_MS = 3_000;
const KNOWN_LIMIT = 200;
/** So long rows gather after some were shown: in a flood a list is drawn ten times a second, not for every message. */
const REST_MS = 100;

/** The lists in the query cache, each by its own rules: what is heard is applied to all, what was missed is asked for. */
export class LiveLists {
  private readonly loadingMore = new Map<string, Promise<void>>();
  private gathered: ConversationEvent[] = [];
  private rest: ReturnType<typeof setTimeout> | undefined;

  /** @param repaired hears of every row that a repair brought */
  constructor(
    private readonly client: QueryClient,
    private readonly live: Live,
    private readonly repaired: (row: ConversationRow) => void,
  ) {}

  row(event: ConversationEvent): void {
    heardRows.hear(event);
    this.gathered.push(event);
    // What may no longer be read does not wait.
    if (this.rest === undefined || event.row === null) this.show();
  }

  /** Another person sits down: nothing of what was heard for the last one comes after. */
  forget(): void {
    clearTimeout(this.rest);
    this.rest = undefined;
    this.gathered = [];
  }

  /** As one of the lists shows it; undefined where none does. */
  find(id: string): ConversationRow | undefined {
    for (const [, list] of this.client.getQueriesData<ConversationList>({ queryKey: keys.lists })) {
      const row = list?.rows.find((each) => each.id === id);
      if (row) return row;
    }
    return undefined;
  }

  customer(customer: CustomerView): void {
    this.changeAll((list) => applyCustomer(list, customer));
  }

  loadMore(rules: ListRules): Promise<void> {
    const id = JSON.stringify(rules);
    const running = this.loadingMore.get(id);
    if (running) return running;
    const cursor = this.client.getQueryData<ConversationList>(keys.list(rules))?.nextCursor;
    if (!cursor) return Promise.resolve();
    const loading = heardRows
      .during(async (heard) => {
        const page = await api.conversations({ ...listAsked(rules), cursor, limit: PAGE });
        this.client.setQueryData<ConversationList>(keys.list(rules), (list) => {
          if (list?.nextCursor !== cursor) return list;
          return heard.reduce((next, event) => applyRow(next, event, rules), appendPage(list, page, rules));
        });
      })
      .finally(() => this.loadingMore.delete(id));
    this.loadingMore.set(id, loading);
    return loading;
  }

  async repairAll(): Promise<void> {
    await Promise.all(this.known().map((rules) => this.repair(rules)));
  }

  private show(): void {
    clearTimeout(this.rest);
    this.rest = undefined;
    const events = this.gathered;
    if (events.length === 0) return;
    this.gathered = [];
    this.changeAll((list, rules) => events.reduce((next, event) => applyRow(next, event, rules), list));
    this.rest = setTimeout(() => {
      this.rest = undefined;
      this.show();
    }, REST_MS);
  }

  private async repair(rules: ListRules): Promise<void> {
    const key = keys.list(rules);
    const query = this.client.getQueryCache().find({ queryKey: key });
    if (!query?.isActive()) return this.client.removeQueries({ queryKey: key, exact: true });
    // One that is still on its way may have been read before the line stood: wait for it, then ask.
    const list = await this.client.ensureQueryData(listQuery(rules)).catch(() => null);
    if (list === null) return;
    if (list.rows.length > KNOWN_LIMIT) return this.client.invalidateQueries({ queryKey: key, exact: true });
    try {
      const changes = await api.changes(
        list.feed,
        list.rows.map((row) => row.id),
      );
      for (const row of changes.rows) this.repaired(row);
      const next = applyListChanges(this.client.getQueryData<ConversationList>(key) ?? list, changes, rules);
      if (next === null) return await this.client.invalidateQueries({ queryKey: key, exact: true });
      this.client.setQueryData(key, next);
    } catch {
      // With the line down the next connect asks again; with the line up nobody else would.
      if (this.live.online) setTimeout(() => void this.repair(rules), REPAIR_AGAIN_MS);
    }
  }

  private known(): ListRules[] {
    return this.client.getQueriesData<ConversationList>({ queryKey: keys.lists }).map(([key]) => key[1] as ListRules);
  }

  private changeAll(change: (list: ConversationList, rules: ListRules) => ConversationList): void {
    for (const rules of this.known()) {
      this.client.setQueryData<ConversationList>(keys.list(rules), (list) => list && change(list, rules));
    }
  }
}
