import { io, type Socket } from 'socket.io-client';
import type { ClientToServerEvents, ServerToClientEvents, WatchResult } from '#libs/contracts/index.js';
import { serverNow } from '../time/clock.js';
import { reconnectDelay } from './reconnect.js';

export interface Connection {
  status: 'connecting' | 'online' | 'offline';
  /** Server time of the last sign of life; what stands on the screen was true then. */
  confirmedAt: number | null;
}

export interface LiveDoors {
  /** Watch again first, fetch second: nothing falls between. */
  connected: () => void;
  /** The server refused the connection itself. */
  refused: () => void;
}

export type ConsoleSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

const WATCH_PATIENCE_MS = 4_000;

/** The one line to the server. It brings news and carries up only what may be lost. */
export class Live {
  readonly socket: ConsoleSocket = io('/console', {
    transports: ['websocket'],
    autoConnect: false,
    // Its own back-off is neither full jitter nor woken by `online`.
    reconnection: false,
    timeout: 8_000,
  });

  private connection: Connection = { status: 'connecting', confirmedAt: null };
  private readonly listeners = new Set<() => void>();
  private attempt = 0;
  private wanted = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly doors: LiveDoors) {
    this.socket.on('connect', () => {
      this.attempt = 0;
      this.change({ status: 'online', confirmedAt: serverNow() });
      this.doors.connected();
    });
    this.socket.on('disconnect', () => {
      this.change({ ...this.connection, status: 'offline' });
      this.comeBack();
    });
    this.socket.on('connect_error', () => {
      // Still connected underneath: the namespace said no, most likely because the session has ended.
      if (this.socket.io.engine?.readyState === 'open') this.doors.refused();
      this.change({ ...this.connection, status: 'offline' });
      this.comeBack();
    });
    this.socket.onAny(() => this.confirm());
    this.socket.io.on('ping', () => this.confirm());
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly state = (): Connection => this.connection;

  get online(): boolean {
    return this.socket.connected;
  }

  start(): void {
    if (this.wanted) return;
    this.wanted = true;
    this.socket.connect();
  }

  stop(): void {
    this.wanted = false;
    clearTimeout(this.timer);
    this.socket.disconnect();
    this.connection = { status: 'connecting', confirmedAt: null };
  }

  /** The network or the person is back: do not wait for the next attempt. */
  wake(): void {
    if (!this.wanted || this.socket.connected) return;
    clearTimeout(this.timer);
    this.attempt = 0;
    this.socket.connect();
  }

  /** Null: not connected now; every connect watches again. */
  async watch(conversationId: string): Promise<WatchResult | null> {
    if (!this.socket.connected) return null;
    try {
      return await this.socket.timeout(WATCH_PATIENCE_MS).emitWithAck('watch', { conversationId });
    } catch {
      return null;
    }
  }

  unwatch(conversationId: string): void {
    if (this.socket.connected) this.socket.emit('unwatch', { conversationId });
  }

  typing(conversationId: string, active: boolean): void {
    if (this.socket.connected) this.socket.volatile.emit('typing', { conversationId, active });
  }

  /** False: not taken, because the server does not know yet that this screen watches it. */
  async viewing(conversationId: string, active: boolean, asks: boolean): Promise<boolean> {
    if (!this.socket.connected) return true;
    try {
      return (await this.socket.timeout(WATCH_PATIENCE_MS).emitWithAck('viewing', { conversationId, active, asks })).ok;
    } catch {
      // Cut meanwhile: every connect says it again.
      return true;
    }
  }

  /** Every connect watches again. */
  async watchAgents(): Promise<void> {
    if (!this.socket.connected) return;
    try {
      await this.socket.timeout(WATCH_PATIENCE_MS).emitWithAck('agents:watch', {});
    } catch {
      // Cut meanwhile: the next connect asks again.
    }
  }

  unwatchAgents(): void {
    if (this.socket.connected) this.socket.emit('agents:unwatch', {});
  }

  private comeBack(): void {
    clearTimeout(this.timer);
    if (!this.wanted) return;
    this.timer = setTimeout(() => this.socket.connect(), reconnectDelay(this.attempt, Math.random()));
    this.attempt += 1;
  }

  /** Not told to the screen each time: only a lost connection shows when it was last confirmed. */
  private confirm(): void {
    this.connection.confirmedAt = serverNow();
  }

  private change(connection: Connection): void {
    this.connection = connection;
    for (const listener of this.listeners) listener();
  }
}
