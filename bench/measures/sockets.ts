import type { ConversationChanges, ConversationPage, MessagePage } from '#libs/contracts/index.js';
import { io } from 'socket.io-client';
import { longThreads, openSessions, type Session } from '../database/premises.js';
import { agentSocket, connected, inGroups, type AgentSocket } from '../load/agent-socket.js';
import { HttpLine, request } from '../load/http-line.js';
import { closedLoop, Lines } from '../load/loops.js';
import type { Site, Stage } from '../stage.js';
import type { Measure, Slice } from './measure.js';

/** What a connected agent costs in memory, and how soon all are back when a server was lost. */
export const sockets: Measure = {
  names: ['memory.', 'reconnect.', 'floor.reconnect'],
  startsAfresh: true,

  async prepare(stage, { quick }) {
    const [seats, desks] = quick ? [200, 50] : [2000, 500];
    return [await memory(stage, seats), await bareReconnect(stage, desks), await reconnect(stage, desks)];
  },

  figures(samples) {
    return [
      samples.figure('memory.idle.mb', 'MB'),
      samples.figure('memory.socket.kb', 'KB/socket'),
      samples.figure('memory.socket.heap.kb', 'KB/socket'),
      samples.figure('floor.reconnect', 's'),
      samples.figure('reconnect.in-step', 's', ['floor.reconnect']),
      samples.figure('reconnect.restart', 's'),
    ];
  },
};

/** A fresh console that has worked a little; then so many agents, each with a thread open. */
async function memory(stage: Stage, seats: number): Promise<Slice> {
  const site = await stage.site('large');
  const sessions = await openSessions(site.databaseUrl, seats);
  const threads = await longThreads(site.databaseUrl);
  return async (samples) => {
    const console = await stage.freshConsole('large');
    const all: AgentSocket[] = [];
    const sit = async (session: Session, place: number): Promise<void> => {
      const socket = agentSocket(console.url, session);
      all.push(socket);
      await connected(socket);
      await watch(socket, threads[place % threads.length]!.id);
    };
    // What every server keeps once it has worked is no matter of the sockets.
    const lines = await HttpLine.many(console.url, 16);
    await closedLoop(lines, 2, () => site.customers.webhook());
    lines.forEach((line) => line.close());
    await inGroups(sessions.slice(0, 20), 20, (session) => sit(session, 0));
    for (const socket of all.splice(0)) socket.disconnect();

    const before = await console.memory();
    await inGroups([...sessions.entries()], 50, ([place, session]) => sit(session, place));
    const after = await console.memory();
    samples.add('memory.idle.mb', before.rss / 1024 ** 2);
    samples.add('memory.socket.kb', (after.rss - before.rss) / 1024 / seats);
    samples.add('memory.socket.heap.kb', (after.heapUsed - before.heapUsed) / 1024 / seats);
    for (const socket of all) socket.disconnect();
    await console.stops();
  };
}

/** Nothing but Socket.IO: as many connections at once. */
async function bareReconnect(stage: Stage, count: number): Promise<Slice> {
  const { url } = await stage.floor();
  return async (samples) => {
    const all = Array.from({ length: count }, () =>
      io(url, { transports: ['websocket'], forceNew: true, autoConnect: false, reconnection: false, timeout: 120_000 }),
    );
    const started = performance.now();
    await Promise.all(all.map((socket) => connected(socket)));
    samples.add('floor.reconnect', (performance.now() - started) / 1000);
    for (const socket of all) socket.disconnect();
  };
}

/**
 * A server is killed and started again at the same address, and all its agents come back at once. Meanwhile customers
 * went on writing, to another node. In step is whoever watches again, has every row that changed and every message.
 */
async function reconnect(stage: Stage, count: number): Promise<Slice> {
  const site = await stage.site('large');
  const sessions = await openSessions(site.databaseUrl, count);
  const threads = await longThreads(site.databaseUrl);
  const other = await stage.console('large');
  return async (samples) => {
    let console = await stage.freshConsole('large');
    const { url } = console;
    const lines = await Lines.open(url, 64);
    const desks = sessions.map((session, place) => new Desk(url, session, threads[place % threads.length]!.id));
    await inGroups(desks, 50, (desk) => desk.opens(lines));
    lines.close();

    const killed = performance.now();
    await console.killed();
    await write(site, other.url, 100);
    console = await stage.freshConsole('large', Number(new URL(url).port));
    const listening = performance.now();
    const again = await Lines.open(url, 64);
    const changed = await Promise.all(desks.map((desk) => desk.comesBack(again)));
    samples.add('reconnect.in-step', (performance.now() - listening) / 1000);
    samples.add('reconnect.restart', (listening - killed) / 1000);
    if (changed.some((rows) => rows < 100)) throw new Error('an agent came back and did not hear what had changed');
    again.close();
    for (const desk of desks) desk.leaves();
    await console.stops();
  };
}

async function write(site: Site, url: string, count: number): Promise<void> {
  const lines = await Lines.open(url, 16);
  await Promise.all(Array.from({ length: count }, () => lines.ask(site.customers.webhook())));
  lines.close();
}

/** What a browser does when it comes and when it comes back; the same questions in the same order. */
class Desk {
  private readonly socket: AgentSocket;
  private feed = '';
  private known = '';
  private lastChange = 0;

  constructor(
    url: string,
    private readonly session: Session,
    private readonly threadId: string,
  ) {
    this.socket = agentSocket(url, session);
  }

  async opens(lines: Lines): Promise<void> {
    await connected(this.socket);
    await watch(this.socket, this.threadId);
    const page = await this.get<ConversationPage>(lines, '/api/conversations?view=all&order=waiting&limit=50');
    this.feed = page.feed;
    this.known = page.rows.map((row) => row.id).join(',');
    this.lastChange = (await this.get<MessagePage>(lines, this.messages('limit=50'))).lastChange;
  }

  /** @returns how many rows it was told of */
  async comesBack(lines: Lines): Promise<number> {
    if (this.socket.connected) await new Promise((cut) => this.socket.once('disconnect', cut));
    await connected(this.socket);
    await watch(this.socket, this.threadId);
    const [changes, page] = await Promise.all([
      this.get<ConversationChanges>(lines, `/api/conversations/changes?since=${this.feed}&known=${this.known}`),
      this.get<MessagePage>(lines, this.messages(`changedAfter=${this.lastChange}&limit=200`)),
    ]);
    if (page.lastChange < this.lastChange || page.hasMore) throw new Error('the thread is not in step');
    return changes.rows.length;
  }

  leaves(): void {
    this.socket.disconnect();
  }

  private async get<T>(lines: Lines, path: string): Promise<T> {
    const { body } = await lines.ask(request('GET', path, { cookie: this.session.cookie }));
    return JSON.parse(body.toString('utf8')) as T;
  }

  private messages(query: string): string {
    return `/api/conversations/${this.threadId}/messages?${query}`;
  }
}

async function watch(socket: AgentSocket, conversationId: string): Promise<void> {
  const result = await socket.timeout(30_000).emitWithAck('watch', { conversationId });
  if (!result.ok) throw new Error(`watching was refused: ${JSON.stringify(result)}`);
}
