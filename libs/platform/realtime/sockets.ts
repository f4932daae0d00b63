import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { readCookie, SESSION_COOKIE } from '#libs/platform/access/index.js';
import type { ExtendedError, Server } from 'socket.io';
import { errorCodes } from '#libs/contracts/index.js';
import { Bursts } from './bursts.js';
import type { ConsoleNamespace, ConsoleSocket, SocketPerson } from './console-socket.js';
import { SlowSockets } from './slow-sockets.js';

export type Handshake = { cookie: string | undefined; token: string | undefined };
export type Authenticate = (handshake: Handshake) => Promise<SocketPerson | null>;

export const NAMESPACE = '/console';

/**
 * The browsers that are connected to this node. Durable news go to this node's own sockets only: every node hears the
 * announcement and tells its own. Fleeting news go through the adapter to all nodes and may be lost.
 */
@Injectable()
export class Sockets implements OnModuleDestroy {
  private slow: SlowSockets | null = null;
  private namespace: ConsoleNamespace | null = null;
  private authenticate: Authenticate = () => Promise.resolve(null);
  private readonly bursts = new Bursts(() => this.local());
  private readonly joinListeners: ((socket: ConsoleSocket) => void)[] = [];

  authenticateWith(authenticate: Authenticate): void {
    this.authenticate = authenticate;
  }

  /** The lib that keeps the rooms says how a socket gets its seats; also used when a slow one has caught up. */
  seatWith(seat: (socket: ConsoleSocket) => Promise<void>): void {
    this.slow = new SlowSockets(() => this.local(), seat);
  }

  /** Told of every socket that connects to this node; when it leaves, the socket itself says so. */
  onJoined(listener: (socket: ConsoleSocket) => void): void {
    this.joinListeners.push(listener);
  }

  get lagging(): number {
    return this.slow?.count ?? 0;
  }

  /** First of all: browsers go to another node, or say that they are cut off, instead of hearing nothing. */
  onModuleDestroy(): void {
    this.slow?.close();
    this.bursts.close();
    this.namespace?.local.disconnectSockets(true);
  }

  /** Called once by the adapter. A handshake without a session is refused before it connects. */
  open(server: Server): void {
    const namespace = server.of(NAMESPACE) as unknown as ConsoleNamespace;
    namespace.use((socket, next) => {
      const { headers, auth } = socket.handshake;
      const token = typeof auth['token'] === 'string' ? auth['token'] : undefined;
      this.authenticate({ cookie: readCookie(headers.cookie, SESSION_COOKIE), token }).then(
        (person) => {
          if (!person) return next(refusal(errorCodes.unauthenticated));
          socket.data.person = person;
          next();
        },
        () => next(refusal(errorCodes.internal)),
      );
    });
    namespace.on('connection', (socket) => {
      for (const listener of this.joinListeners) listener(socket);
    });
    this.namespace = namespace;
  }

  local(): Iterable<ConsoleSocket> {
    return this.namespace?.sockets.values() ?? [];
  }

  /** Sockets of this node in a room. */
  *inRoom(room: string): Iterable<ConsoleSocket> {
    for (const id of this.namespace?.adapter.rooms.get(room) ?? []) {
      const socket = this.namespace?.sockets.get(id);
      if (socket) yield socket;
    }
  }

  /** Durable news, to this node's sockets; one socket in several rooms hears it once. */
  to(rooms: string[], except: string[] = []): Pick<ConsoleNamespace, 'emit'> {
    return this.ready().local.to(rooms).except(except);
  }

  /**
   * Durable news that may wait a moment where very many listen, and then leave together.
   * @param key what it is about: a later one takes the place of what still waits
   */
  inBursts(key: string, send: () => void): void {
    this.bursts.send(key, send);
  }

  /** Nothing older of this key may follow. */
  notInBurst(key: string): void {
    this.bursts.drop(key);
  }

  /** Fleeting news, to the sockets of all nodes. */
  fleeting(rooms: string[], except: string[] = []): Pick<ConsoleNamespace, 'emit'> {
    return this.ready().volatile.to(rooms).except(except);
  }

  /** Every socket of this node is told to ask for what it may have missed. */
  resync(reason: 'listener' | 'overflow' | 'rights'): void {
    this.namespace?.local.emit('resync', { reason });
  }

  private ready(): ConsoleNamespace {
    if (!this.namespace) throw new Error('the socket server is not open yet');
    return this.namespace;
  }
}

function refusal(code: string): ExtendedError {
  return Object.assign(new Error(code), { data: { code } });
}
