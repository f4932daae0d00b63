import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap, OnModuleInit } from '@nestjs/common';
import type { AccountChanged } from '#libs/accounts/index.js';
import { Announcements, Sockets } from '#libs/platform/realtime/index.js';
import type { ConsoleSocket, Handshake, SocketPerson } from '#libs/platform/realtime/index.js';
import { Log } from '#libs/platform/telemetry/index.js';
import { AgentRights } from './agent-rights.service.js';
import { RightsReader } from './rights.service.js';
import type { Rights } from './rights.service.js';
import { Sessions } from './sessions.service.js';
import type { SessionNews } from './sessions.service.js';

const SWEEP_MS = 30_000;

/**
 * Keeps this node's sockets in step with sessions and rights: a socket opens only with a session, is cut in the moment
 * its session ends, and is handed to the listeners of `AgentRights` when its agent's rights change. Sessions that
 * merely expire are found by a sweep. Where rights cannot be read, the connection is dropped: it comes back and is asked.
 */
@Injectable()
export class SessionSockets implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  /** How often somebody's rights changed, so that whoever reads them meanwhile can tell. */
  private changes = 0;

  constructor(
    private readonly sockets: Sockets,
    private readonly announcements: Announcements,
    private readonly sessions: Sessions,
    private readonly reader: RightsReader,
    private readonly agentRights: AgentRights,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.sockets.authenticateWith((handshake) => this.authenticate(handshake));
    this.announcements.on('sessions', (refs) => this.heard(refs as SessionNews[]));
    this.announcements.on('accounts', (refs) => this.accountsChanged(refs as AccountChanged[]));
    this.announcements.onGap(() => void this.repair());
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweep(), SWEEP_MS);
    this.timer.unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async authenticate({ token, cookie }: Handshake): Promise<SocketPerson | null> {
    const person = await this.sessions.byToken(token ?? cookie ?? '');
    return person && { sessionId: person.sessionId, agentId: person.agent.id };
  }

  private async heard(news: SessionNews[]): Promise<void> {
    const ended = new Set(news.flatMap((one) => ('sessionId' in one ? [one.sessionId] : [])));
    this.cut(({ sessionId }) => ended.has(sessionId));
    const changed = new Set(news.flatMap((one) => ('agentId' in one ? [one.agentId] : [])));
    await this.reload(this.agentsHere().filter((agentId) => changed.has(agentId)));
  }

  /** Whoever sees every account sees a new one too. */
  private async accountsChanged(changes: AccountChanged[]): Promise<void> {
    if (!changes.some(({ created }) => created)) return;
    const here = await this.reader.of(this.agentsHere());
    await this.reload(
      [...here.values()].filter(({ agent }) => agent.visibility === 'all').map(({ agent }) => agent.id),
    );
  }

  private async reload(agentIds: string[]): Promise<void> {
    if (agentIds.length === 0) return;
    this.changes++;
    const reading = this.currentRights(agentIds).catch((fault: unknown) => {
      this.log.error({ err: fault }, 'rights could not be read; their sockets must come back and ask again');
      for (const socket of this.socketsOf(({ agentId }) => agentIds.includes(agentId))) socket.conn.close();
      return null;
    });
    // Listeners hear of it before anything is awaited: until the rights are known, nobody stays in a room.
    const told = agentIds.map((agentId) =>
      this.agentRights.changed(
        agentId,
        reading.then((rights) => rights?.get(agentId) ?? null),
      ),
    );
    const rights = await reading;
    if (rights !== null) this.cut(({ agentId }) => agentIds.includes(agentId) && !rights.has(agentId));
    await Promise.all(told);
  }

  /** Read again when more changed meanwhile: of two answers on their way the older one may come last. */
  private async currentRights(agentIds: string[]): Promise<Map<string, Rights>> {
    for (;;) {
      const before = this.changes;
      const rights = await this.reader.of(agentIds);
      if (before === this.changes) return rights;
    }
  }

  /** News may have been missed: everybody here is asked again. */
  private async repair(): Promise<void> {
    try {
      await Promise.all([this.sweep(), this.reload(this.agentsHere())]);
    } catch (fault) {
      this.log.error({ err: fault }, 'rights could not be repaired after a gap');
    }
  }

  private async sweep(): Promise<void> {
    const here = new Set([...this.sockets.local()].map((socket) => socket.data.person.sessionId));
    if (here.size === 0) return;
    try {
      const over = await this.sessions.over([...here]);
      this.cut(({ sessionId }) => over.has(sessionId));
    } catch (fault) {
      this.log.warn({ err: fault }, 'expired sessions could not be looked for');
    }
  }

  private agentsHere(): string[] {
    return [...new Set([...this.sockets.local()].map((socket) => socket.data.person.agentId))];
  }

  /** Told to go: a browser does not come back by itself from this, as it does from a lost connection. */
  private cut(whom: (person: SocketPerson) => boolean): void {
    for (const socket of this.socketsOf(whom)) socket.disconnect(true);
  }

  private socketsOf(whom: (person: SocketPerson) => boolean): ConsoleSocket[] {
    return [...this.sockets.local()].filter((socket) => whom(socket.data.person));
  }
}
