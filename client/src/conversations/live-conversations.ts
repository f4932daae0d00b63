import type { QueryClient } from '@tanstack/react-query';
import type {
  ContactEvent,
  ConversationDetail,
  ConversationEvent,
  ConversationRow,
  CustomerView,
  MessageEvent,
  MessageView,
  Permission,
  SessionView,
  WatchResult,
} from '#libs/contracts/index.js';
import { api } from '../http/api.js';
import type { Live } from '../connection/live.js';
import { applyContact, applyCustomerToDetail, applyRowToDetail, expectedRights, hasNewOwner } from './detail.cache.js';
import {
  appendPage,
  applyCustomer,
  applyListChanges,
  applyRow,
  type ConversationList,
  type ListRules,
} from './list.cache.js';
import { changesSince } from './changes-since.js';
import { heardMessages, heardRows, isGone, keys, listQuery, PAGE, threadQuery } from './queries.js';
import { applyAnswer, applyChanges, applyMessage, prependPage, type Thread } from './thread.cache.js';

/** A missing event often arrives just after the one that showed the gap. */
const GAP_PATIENCE_MS = 150;
const REPAIR_AGAIN_MS = 3_000;
const COUNTS_REST_MS = 1_000;
/** Conversations kept live at once, the ones opened last; going back to one of them needs no fetch. */
const WATCHED = 8;
const KNOWN_LIMIT = 200;

/** Moves news and answers into the query cache, by the pure functions beside this file, and repairs what was missed. */
export class LiveConversations {
  private watched: string[] = [];
  private readonly gapTimers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly repairs = new Map<string, Promise<void>>();
  private readonly loadingMore = new Map<string, Promise<void>>();
  private readonly loadingOlder = new Map<string, Promise<void>>();
  private countsTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly client: QueryClient,
    private readonly live: Live,
    private readonly session: () => SessionView | null,
  ) {}

  // ── news ──

  message(event: MessageEvent): void {
    heardMessages.hear(event);
    this.changeThread(event.conversationId, (thread) => applyMessage(thread, event));
  }

  row(event: ConversationEvent): void {
    heardRows.hear(event);
    for (const [rules] of this.lists()) {
      this.client.setQueryData<ConversationList>(keys.list(rules), (list) => list && applyRow(list, event, rules));
    }
    if (event.row === null) return this.lose(event.id);
    if (this.client.getQueryState(keys.detail(event.id))?.status === 'error') this.regain(event.id);
    this.rowToDetail(event.row);
    this.staleCounts();
  }

  contact(event: ContactEvent): void {
    this.changeDetail(event.conversationId, (detail) => applyContact(detail, event.contact));
  }

  /** The server keeps another draft now: who comes back to the conversation finds it in the cache. */
  draft(conversationId: string, text: string): void {
    this.changeDetail(conversationId, (detail) => ({ ...detail, draft: text }));
  }

  customer(customer: CustomerView): void {
    for (const [rules] of this.lists()) {
      this.client.setQueryData<ConversationList>(keys.list(rules), (list) => list && applyCustomer(list, customer));
    }
    for (const [key] of this.client.getQueriesData<ConversationDetail>({ queryKey: keys.details })) {
      this.client.setQueryData<ConversationDetail>(key, (detail) => detail && applyCustomerToDetail(detail, customer));
    }
  }

  /** The answer to a post of our own. Resolves when the message stands in the thread. */
  async answer(message: MessageView): Promise<void> {
    const { conversationId } = message;
    this.client.setQueryData<Thread>(keys.thread(conversationId), (thread) => thread && applyAnswer(thread, message));
    const thread = this.thread(conversationId);
    if (thread && !thread.messages.some((known) => known.id === message.id)) await this.repairThread(conversationId);
  }

  // ── watching ──

  readonly watch = async (conversationId: string): Promise<void> => {
    const known = this.watched.includes(conversationId);
    this.watched = [conversationId, ...this.watched.filter((id) => id !== conversationId)];
    for (const id of this.watched.splice(WATCHED)) {
      this.live.unwatch(id);
      this.client.removeQueries({ queryKey: keys.thread(id) });
    }
    if (!known && isOpen(await this.live.watch(conversationId))) this.rewatchLater(conversationId);
  };

  /** After a connect, a `resync`, or a sleep: everything on the screen is asked for what changed since. */
  async catchUp(): Promise<void> {
    await Promise.all([
      ...this.watched.map((id) => this.rewatch(id)),
      ...this.lists().map(([rules]) => this.repairList(rules)),
    ]);
    this.staleCounts(0);
  }

  /** Another person sits down. */
  forget(): void {
    for (const timer of this.gapTimers.values()) clearTimeout(timer);
    this.gapTimers.clear();
    this.watched = [];
  }

  private async rewatch(id: string): Promise<void> {
    const result = await this.live.watch(id);
    if (isOpen(result)) this.rewatchLater(id);
    else if (!result.ok) return this.lose(id);
    // A detail may have changed without a message: contacts, rights, the draft of another device.
    void this.client.invalidateQueries({ queryKey: keys.detail(id) });
    if (this.client.getQueryState(keys.thread(id)) === undefined) return;
    // One that is still on its way may have been read before the watch: wait for it, then compare.
    const thread = await this.client.ensureQueryData(threadQuery(id, this.watch)).catch(() => null);
    if (thread === null) return;
    if (result?.ok && result.lastChange <= thread.lastChange) return;
    await this.repairThread(id);
    // A repair that was under way may have asked before the watch stood.
    if (result?.ok && (this.thread(id)?.lastChange ?? result.lastChange) < result.lastChange) {
      await this.repairThread(id);
    }
  }

  /** With the line up nobody else would ask again; with it down the next connect does. */
  private rewatchLater(id: string): void {
    setTimeout(() => {
      if (this.live.online && this.watched.includes(id)) void this.rewatch(id);
    }, REPAIR_AGAIN_MS);
  }

  // ── repair ──

  repairThread(id: string): Promise<void> {
    const running = this.repairs.get(id);
    if (running) return running;
    const repair = this.askForChanges(id)
      .catch((error: unknown) => {
        if (isGone(error)) return this.lose(id);
        // With the line down the next connect asks again; with the line up nobody else would.
        if (this.live.online) this.repairLater(id, REPAIR_AGAIN_MS);
      })
      .finally(() => this.repairs.delete(id));
    this.repairs.set(id, repair);
    return repair;
  }

  private async askForChanges(id: string): Promise<void> {
    const start = this.thread(id)?.lastChange;
    if (start === undefined) return;
    const pages = await changesSince(id, start);
    if (pages === null) return this.client.resetQueries({ queryKey: keys.thread(id) });
    // All at once: by `change` a later message may come before an earlier one, and half of it would show a hole.
    this.changeThread(id, (thread) =>
      pages.reduce<{ thread: Thread; gap: boolean }>(
        (state, { page, since }) => applyChanges(state.thread, page, since),
        { thread, gap: false },
      ),
    );
  }

  private async repairList(rules: ListRules): Promise<void> {
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
      for (const row of changes.rows) this.rowToDetail(row);
      const next = applyListChanges(this.client.getQueryData<ConversationList>(key) ?? list, changes, rules);
      if (next === null) return await this.client.invalidateQueries({ queryKey: key, exact: true });
      this.client.setQueryData(key, next);
    } catch {
      // With the line down the next connect asks again; with the line up nobody else would.
      if (this.live.online) setTimeout(() => void this.repairList(rules), REPAIR_AGAIN_MS);
    }
  }

  // ── more of it ──

  loadMore(rules: ListRules): Promise<void> {
    const id = JSON.stringify(rules);
    const running = this.loadingMore.get(id);
    if (running) return running;
    const cursor = this.client.getQueryData<ConversationList>(keys.list(rules))?.nextCursor;
    if (!cursor) return Promise.resolve();
    const { view, order, accountId } = rules;
    const loading = heardRows
      .during(async (heard) => {
        const page = await api.conversations({ view, order, account: accountId, cursor, limit: PAGE });
        this.client.setQueryData<ConversationList>(keys.list(rules), (list) => {
          if (list?.nextCursor !== cursor) return list;
          return heard.reduce((next, event) => applyRow(next, event, rules), appendPage(list, page, rules));
        });
      })
      .finally(() => this.loadingMore.delete(id));
    this.loadingMore.set(id, loading);
    return loading;
  }

  loadOlder(id: string): Promise<void> {
    const running = this.loadingOlder.get(id);
    if (running) return running;
    const thread = this.thread(id);
    const before = thread?.messages[0]?.seq;
    if (!thread?.hasOlder || before === undefined) return Promise.resolve();
    const loading = api
      .messages(id, { before, limit: PAGE })
      .then((page) => this.changeThread(id, (known) => prependPage(known, page)))
      .finally(() => this.loadingOlder.delete(id));
    this.loadingOlder.set(id, loading);
    return loading;
  }

  // ── inside ──

  private lists(): [ListRules, ConversationList | undefined][] {
    return this.client
      .getQueriesData<ConversationList>({ queryKey: keys.lists })
      .map(([key, list]) => [key[1] as ListRules, list]);
  }

  private thread(id: string): Thread | undefined {
    return this.client.getQueryData<Thread>(keys.thread(id));
  }

  private changeThread(id: string, change: (thread: Thread) => { thread: Thread; gap: boolean }): void {
    const thread = this.thread(id);
    if (!thread) return;
    const next = change(thread);
    if (next.thread !== thread) this.client.setQueryData(keys.thread(id), next.thread);
    clearTimeout(this.gapTimers.get(id));
    this.gapTimers.delete(id);
    if (next.gap) this.repairLater(id, GAP_PATIENCE_MS);
  }

  private repairLater(id: string, milliseconds: number): void {
    clearTimeout(this.gapTimers.get(id));
    this.gapTimers.set(
      id,
      setTimeout(() => void this.repairThread(id), milliseconds),
    );
  }

  private changeDetail(id: string, change: (detail: ConversationDetail) => ConversationDetail): void {
    this.client.setQueryData<ConversationDetail>(keys.detail(id), (detail) => detail && change(detail));
  }

  private rowToDetail(row: ConversationRow): void {
    const before = this.client.getQueryData<ConversationDetail>(keys.detail(row.id))?.conversation;
    if (!before || row.version <= before.version) return;
    const owned = hasNewOwner(before, row);
    this.changeDetail(row.id, (detail) => {
      const next = applyRowToDetail(detail, row);
      return owned ? { ...next, may: expectedRights(row, this.me(), this.permissions()) } : next;
    });
    if (owned) void this.client.invalidateQueries({ queryKey: keys.detail(row.id) });
  }

  /** No longer this agent's to see: what is on the screen goes, and the next fetch says why. */
  private lose(id: string): void {
    this.watched = this.watched.filter((known) => known !== id);
    if (!this.client.getQueryData(keys.detail(id))) return;
    this.client.removeQueries({ queryKey: keys.thread(id) });
    void this.client.resetQueries({ queryKey: keys.detail(id) });
  }

  /** It may be seen again, and somebody is looking at the page that says it may not. */
  private regain(id: string): void {
    void this.client.resetQueries({ queryKey: keys.thread(id) });
    void this.client.resetQueries({ queryKey: keys.detail(id) });
  }

  private staleCounts(rest = COUNTS_REST_MS): void {
    if (this.countsTimer !== undefined && rest > 0) return;
    clearTimeout(this.countsTimer);
    this.countsTimer = setTimeout(() => {
      this.countsTimer = undefined;
      void this.client.invalidateQueries({ queryKey: keys.counts });
    }, rest);
  }

  private me(): string {
    return this.session()?.agent.id ?? '';
  }

  private permissions(): Permission[] {
    return this.session()?.permissions ?? [];
  }
}

/** Neither watched nor refused: no answer, or one that only says "not now". */
function isOpen(result: WatchResult | null): result is Exclude<WatchResult, { ok: true }> | null {
  return result === null || (!result.ok && result.error.code !== 'not_found');
}
