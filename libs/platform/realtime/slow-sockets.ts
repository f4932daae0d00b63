import type { ConsoleSocket } from './console-socket.js';

/** So many packets waiting for one socket, and it gets no more news until they are gone. */
const PACKETS = 500;
const DRAINED = 20;
const LOOK_MS = 500;

/** What Engine.IO holds back while a browser does not take it. */
const waiting = (socket: ConsoleSocket): number =>
  (socket.conn as unknown as { writeBuffer: unknown[] }).writeBuffer.length;

/**
 * A browser on a bad line must not fill the server's memory. One that does not take its news leaves its rooms; when the
 * rest has drained it is seated again and told to ask for what it missed.
 */
export class SlowSockets {
  private readonly lagging = new Set<ConsoleSocket>();
  private readonly timer: NodeJS.Timeout;

  /** @param seatAgain puts a socket back into the rooms that its person may hear; whatever it watched, it asks for anew */
  constructor(
    private readonly sockets: () => Iterable<ConsoleSocket>,
    private readonly seatAgain: (socket: ConsoleSocket) => Promise<void>,
  ) {
    this.timer = setInterval(() => this.look(), LOOK_MS);
    this.timer.unref();
  }

  get count(): number {
    return this.lagging.size;
  }

  close(): void {
    clearInterval(this.timer);
  }

  look(): void {
    for (const socket of this.sockets()) {
      if (!this.lagging.has(socket) && waiting(socket) > PACKETS) {
        this.lagging.add(socket);
        for (const room of socket.rooms) if (room !== socket.id) void socket.leave(room);
      }
    }
    for (const socket of this.lagging) {
      if (!socket.connected) this.lagging.delete(socket);
      else if (waiting(socket) <= DRAINED) {
        this.lagging.delete(socket);
        this.seatAgain(socket).then(
          () => socket.emit('resync', { reason: 'overflow' }),
          // It comes back by itself and asks for everything.
          () => socket.conn.close(),
        );
      }
    }
  }
}
