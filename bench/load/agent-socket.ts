import { io, type Socket } from 'socket.io-client';
import type { ClientToServerEvents, ServerToClientEvents } from '#libs/contracts/index.js';
import type { Session } from '../database/premises.js';

export type AgentSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

/** An agent's connection, made as the browser makes it. It comes back only when told to. */
export function agentSocket(url: string, session: Session): AgentSocket {
  return io(`${url}/console`, {
    transports: ['websocket'],
    auth: { token: session.token },
    forceNew: true,
    autoConnect: false,
    reconnection: false,
    timeout: 120_000,
  });
}

export function connected(socket: Pick<AgentSocket, 'connect' | 'once' | 'off'>): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      socket.off('connect_error', failed);
      resolve();
    };
    const failed = (fault: Error): void => {
      socket.off('connect', done);
      reject(fault);
    };
    socket.once('connect', done);
    socket.once('connect_error', failed);
    socket.connect();
  });
}

/** So many at a time, in order. */
export async function inGroups<T>(
  items: readonly T[],
  size: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < items.length; from += size) await Promise.all(items.slice(from, from + size).map(work));
}
