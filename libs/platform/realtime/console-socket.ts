import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { ClientToServerEvents, ServerToClientEvents } from '#libs/contracts/index.js';

/** Who sits at the other end of a socket. */
export interface SocketPerson {
  sessionId: string;
  agentId: string;
}

export interface SocketData {
  person: SocketPerson;
}

export type ConsoleNamespace = Namespace<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;
export type ConsoleSocket = Socket<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;
