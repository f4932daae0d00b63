import { isDeepStrictEqual } from 'node:util';
import { io, type Socket } from 'socket.io-client';
import type {
  ClientToServerEvents,
  ConversationChanges,
  ConversationPage,
  ListOrder,
  MessagePage,
  ServerToClientEvents,
  View,
  WatchResult,
} from '#libs/contracts/index.js';
import {
  applyListChanges,
  applyRow,
  emptyList,
  listFromPage,
  type ConversationList,
  type ListRules,
  type Team,
} from '../../client/src/conversations/list.cache.js';
import {
  applyChanges,
  applyMessage,
  threadFromPage,
  type Thread,
} from '../../client/src/conversations/thread.cache.js';
import type { AgentDesk } from './agent-desk.js';
import { eventually } from './eventually.js';

type EventName = keyof ServerToClientEvents;

/**
 * What a browser window holds, without the browser: the same pure functions fill the same cache from the same events,
 * with the same rules of repair (watch first, fetch second; a gap asks for what changed).
 */
export class Screen {
  readonly socket: Socket<ServerToClientEvents, ClientToServerEvents>;
  readonly heard: { name: EventName; event: unknown }[] = [];
  list: ConversationList = emptyList();
  threads = new Map<string, Thread>();
  private readonly rules: ListRules;
  private repairs: Promise<unknown>[] = [];
  private wanted = false;

  constructor(
    readonly desk: AgentDesk,
    view: View = 'all',
    order: ListOrder = 'waiting',
    team?: Team,
  ) {
    this.rules = { view, order, me: desk.view.id, team };
    this.socket = io(`${desk.url}/console`, {
      transports: ['websocket'],
      extraHeaders: { cookie: desk.cookie },
      forceNew: true,
      autoConnect: false,
      reconnectionDelay: 50,
      reconnectionDelayMax: 200,
    });
    this.socket.onAny((name: EventName, event: unknown) => this.heard.push({ name, event }));
    this.socket.on('message:created', (event) => this.message(event));
    this.socket.on('message:changed', (event) => this.message(event));
    this.socket.on('conversation:changed', (event) => {
      this.list = applyRow(this.list, event, this.rules);
      if (event.row === null) this.threads.delete(event.id);
    });
    this.socket.on('resync', () => this.repair());
    this.socket.on('connect', () => this.repair());
    this.socket.on('disconnect', () => this.comeBackLater());
    this.socket.on('connect_error', ({ message }) => {
      if (message !== 'unauthenticated') this.comeBackLater();
    });
  }

  async open(): Promise<void> {
    this.wanted = true;
    this.socket.connect();
    await eventually(() => this.socket.connected, 'the socket to connect');
    this.list = listFromPage(await this.page(), this.rules);
    await this.settled();
  }

  async watch(id: string): Promise<WatchResult> {
    const result = await this.socket.timeout(5000).emitWithAck('watch', { conversationId: id });
    if (result.ok) this.threads.set(id, threadFromPage(id, await this.desk.get<MessagePage>(this.thread(id))));
    return result;
  }

  /** The first event of this name that fits, heard already or yet to come. */
  next<N extends EventName>(
    name: N,
    fits: (event: Parameters<ServerToClientEvents[N]>[0]) => boolean = () => true,
  ): Promise<Parameters<ServerToClientEvents[N]>[0]> {
    return eventually(() => {
      const found = this.heard.find((said) => said.name === name && fits(said.event as never));
      return (found?.event ?? null) as Parameters<ServerToClientEvents[N]>[0];
    }, `${name} on the screen`);
  }

  texts(id: string): string[] {
    return (this.threads.get(id)?.messages ?? []).flatMap(({ content }) =>
      content.type === 'text' ? [content.text] : [],
    );
  }

  async settled(): Promise<void> {
    while (this.repairs.length > 0) await Promise.all(this.repairs.splice(0));
  }

  /** Whether what is shown is what a fresh fetch would show. */
  async disagreement(): Promise<string | null> {
    await this.settled();
    const fresh = listFromPage(await this.page(), this.rules);
    const difference = differing(fresh.rows, this.list.rows);
    if (difference) return `list: ${difference}`;
    for (const [id, shown] of this.threads) {
      const thread = threadFromPage(id, await this.desk.get<MessagePage>(this.thread(id)));
      const unlike = differing(thread.messages, shown.messages);
      if (unlike) return `thread ${id}: ${unlike}`;
      if (JSON.stringify({ ...thread, messages: [] }) !== JSON.stringify({ ...shown, messages: [] })) {
        return `thread ${id}: counters, or something waits beyond a gap`;
      }
    }
    return null;
  }

  /** Agreement, once the news have arrived. */
  async agrees(): Promise<void> {
    let last: string | null = null;
    await eventually(
      async () => {
        last = await this.disagreement();
        return last === null;
      },
      'the screen to equal a fresh fetch',
      8000,
    ).catch((fault: unknown) => {
      throw new Error(`${String(fault)}\n${last}`);
    });
  }

  /** The line goes dead and stays so. */
  async isCut(): Promise<void> {
    this.wanted = false;
    this.socket.io.reconnection(false);
    this.socket.io.engine?.close();
    await eventually(() => !this.socket.connected, 'the cut');
  }

  comesBack(): void {
    this.wanted = true;
    this.socket.io.reconnection(true);
    this.socket.connect();
  }

  close(): void {
    this.wanted = false;
    this.socket.disconnect();
  }

  /** Where a server said goodbye or refused us, Socket.IO leaves it to the page to come again. */
  private comeBackLater(): void {
    setTimeout(() => {
      if (this.wanted && !this.socket.active) this.socket.connect();
    }, 100);
  }

  private message(event: Parameters<ServerToClientEvents['message:created']>[0]): void {
    const thread = this.threads.get(event.conversationId);
    if (!thread) return;
    const next = applyMessage(thread, event);
    this.threads.set(event.conversationId, next.thread);
    if (next.gap) this.persist(() => this.repairThread(event.conversationId));
  }

  private repair(): void {
    if (this.list.feed === '') return;
    this.persist(() => this.repairList());
    for (const id of this.threads.keys()) this.persist(() => this.rewatch(id));
  }

  /** Until it is done, or the line is down: the next connect asks again. */
  private persist(repair: () => Promise<void>): void {
    const trying = async (): Promise<void> => {
      while (this.socket.connected) {
        try {
          return await repair();
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      }
    };
    this.repairs.push(trying());
  }

  private async rewatch(id: string): Promise<void> {
    const result = await this.socket.timeout(5000).emitWithAck('watch', { conversationId: id });
    if (result.ok) return this.repairThread(id);
    if (result.error.code !== 'not_found') throw new Error(result.error.code);
    this.threads.delete(id);
  }

  private async repairThread(id: string): Promise<void> {
    for (;;) {
      const thread = this.threads.get(id);
      if (!thread) return;
      const since = thread.lastChange;
      const page = await this.desk.get<MessagePage>(
        `/api/conversations/${id}/messages?changedAfter=${since}&limit=200`,
      );
      const now = this.threads.get(id);
      if (!now) return;
      this.threads.set(id, applyChanges(now, page, since).thread);
      if (!page.hasMore) return;
    }
  }

  private async repairList(): Promise<void> {
    const known = this.list.rows.map((row) => row.id).join(',');
    const changes = await this.desk.get<ConversationChanges>(
      `/api/conversations/changes?since=${this.list.feed}&known=${known}`,
    );
    this.list = applyListChanges(this.list, changes, this.rules) ?? listFromPage(await this.page(), this.rules);
  }

  private page(): Promise<ConversationPage> {
    return this.desk.get(`/api/conversations?view=${this.rules.view}&order=${this.rules.order}&limit=200`);
  }

  private thread(id: string): string {
    return `/api/conversations/${id}/messages?limit=200`;
  }
}

function differing(fresh: readonly unknown[], shown: readonly unknown[]): string | null {
  for (let place = 0; place < Math.max(fresh.length, shown.length); place += 1) {
    // The database keeps the members of a content in an order of its own; no screen depends on it.
    const [a, b] = [fresh[place], shown[place]];
    if (!isDeepStrictEqual(a, b))
      return `at ${place} of ${fresh.length}\n  fresh ${JSON.stringify(a)}\n  shown ${JSON.stringify(b)}`;
  }
  return null;
}
