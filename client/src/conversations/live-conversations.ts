import type { QueryClient } from '@tanstack/react-query';
import type {
  ContactEvent,
  ConversationDetail,
  ConversationEvent,
  ConversationRow,
  CustomerView,
  DraftView,
  SessionView,
  WatchResult,
} from '#libs/contracts/index.js';
import type { Live } from '../connection/live.js';
import { applyContact, applyCustomerToDetail, applyRowToDetail, expectedRights, hasNewOwner } from './detail.cache.js';
import { LiveLists } from './live-lists.js';
import { LiveThreads } from './live-threads.js';
import { ahead, detailQuery, keys, threadQuery } from './queries.js';

const WATCH_AGAIN_MS = 3_000;
const COUNTS_REST_MS = 1_000;
/** Conversations kept live at once, the ones opened last; going back to one of them needs no fetch. */
const WATCHED = 8;

/**
 * Moves news and answers into the query cache, by the pure functions beside this file, and repairs what was missed: lists
 * and threads each in a class of their own; here is what concerns the whole conversation.
 */
export class LiveConversations {
  readonly lists: LiveLists;
  readonly threads: LiveThreads;
  private watched: string[] = [];
  private countsTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly client: QueryClient,
    private readonly live: Live,
    private readonly session: () => SessionView | null,
  ) {
    this.lists = new LiveLists(client, live, (row) => this.rowToDetail(row));
    this.threads = new LiveThreads(client, live, (id) => this.lose(id));
  }

  // ── news ──

  row(event: ConversationEvent): void {
    ahead.forget(event.id);
    this.lists.row(event);
    if (event.row === null) return this.lose(event.id);
    if (this.client.getQueryState(keys.detail(event.id))?.status === 'error') this.regain(event.id);
    this.rowToDetail(event.row);
    this.staleCounts();
  }

  contact(event: ContactEvent): void {
    this.changeDetail(event.conversationId, (detail) => applyContact(detail, event.contact));
  }

  /** The server keeps another draft now: who comes back to the conversation finds it in the cache. */
  draft(drafted: DraftView): void {
    const { conversationId, text, note } = drafted;
    const kept = text === '' && note === '' ? null : drafted;
    this.changeDetail(conversationId, (detail) => ({ ...detail, draft: text, drafted: kept }));
  }

  customer(customer: CustomerView): void {
    this.lists.customer(customer);
    for (const [key] of this.client.getQueriesData<ConversationDetail>({ queryKey: keys.details })) {
      this.client.setQueryData<ConversationDetail>(key, (detail) => detail && applyCustomerToDetail(detail, customer));
    }
  }

  /** What can be said of a conversation before it is read: who it is, who has it and what may probably be done. */
  atFirst(id: string): ConversationDetail | undefined {
    const row = this.lists.find(id);
    const session = this.session();
    const account = session?.accounts.find((each) => each.id === row?.accountId);
    if (!row || !session || !account) return undefined;
    const may = expectedRights(row, session.agent.id, session.permissions);
    const contacts = row.contact === null ? [] : [row.contact];
    return {
      conversation: row,
      account: { id: account.id, name: account.name },
      contacts,
      draft: '',
      drafted: null,
      may,
      handOff: null,
      bots: [],
    };
  }

  // ── watching ──

  /** @returns up to which change the server had told nobody of this line: whoever fetched less has to fetch again */
  readonly watch = async (conversationId: string): Promise<number> => {
    const known = this.watched.includes(conversationId);
    this.watched = [conversationId, ...this.watched.filter((id) => id !== conversationId)];
    for (const id of this.watched.splice(WATCHED)) {
      this.live.unwatch(id);
      this.threads.drop(id);
    }
    if (known) return 0;
    const result = await this.live.watch(conversationId);
    if (isOpen(result)) this.rewatchLater(conversationId);
    return result?.ok ? result.lastChange : 0;
  };

  /** Somebody is about to open it: what it takes is on its way before she has let go of the button. */
  readonly expect = (conversationId: string): void => {
    void this.client.prefetchQuery(detailQuery(conversationId));
    void this.client.prefetchQuery(threadQuery(conversationId, this.watch));
  };

  /** Something of it changed that no row tells. */
  readonly stale = (conversationId: string): void => ahead.forget(conversationId);

  /** The pointer rests on it. */
  readonly glance = (conversationId: string): void => {
    if (this.client.getQueryState(keys.thread(conversationId)) === undefined) ahead.read(conversationId);
  };

  /** After a connect, a `resync`, or a sleep: everything on the screen is asked for what changed since. */
  async catchUp(): Promise<void> {
    await Promise.all([...this.watched.map((id) => this.rewatch(id)), this.lists.repairAll()]);
    this.staleCounts(0);
  }

  /** Another person sits down. */
  forget(): void {
    this.threads.forget();
    this.lists.forget();
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
    await this.threads.repair(id);
    // A repair that was under way may have asked before the watch stood.
    if (result?.ok && (this.threads.get(id)?.lastChange ?? result.lastChange) < result.lastChange) {
      await this.threads.repair(id);
    }
  }

  /** With the line up nobody else would ask again; with it down the next connect does. */
  private rewatchLater(id: string): void {
    setTimeout(() => {
      if (this.live.online && this.watched.includes(id)) void this.rewatch(id);
    }, WATCH_AGAIN_MS);
  }

  // ── inside ──

  private changeDetail(id: string, change: (detail: ConversationDetail) => ConversationDetail): void {
    this.client.setQueryData<ConversationDetail>(keys.detail(id), (detail) => detail && change(detail));
  }

  private rowToDetail(row: ConversationRow): void {
    const before = this.client.getQueryData<ConversationDetail>(keys.detail(row.id))?.conversation;
    if (!before || row.version <= before.version) return;
    const owned = hasNewOwner(before, row);
    const session = this.session();
    this.changeDetail(row.id, (detail) => {
      const next = applyRowToDetail(detail, row);
      if (!owned) return next;
      return { ...next, may: expectedRights(row, session?.agent.id ?? '', session?.permissions ?? []) };
    });
    if (owned) void this.client.invalidateQueries({ queryKey: keys.detail(row.id) });
  }

  /** No longer this agent's to see: what is on the screen goes, and the next fetch says why. */
  private lose(id: string): void {
    this.watched = this.watched.filter((known) => known !== id);
    if (!this.client.getQueryData(keys.detail(id))) return;
    this.threads.drop(id);
    void this.client.resetQueries({ queryKey: keys.detail(id) });
  }

  /** It may be seen again, and somebody is looking at the page that says it may not. */
  private regain(id: string): void {
    void this.threads.reset(id);
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
}

/** Neither watched nor refused: no answer, or one that only says "not now". */
function isOpen(result: WatchResult | null): result is Exclude<WatchResult, { ok: true }> | null {
  return result === null || (!result.ok && result.error.code !== 'not_found');
}
