import type { Duplex } from 'node:stream';
import type { ConsoleSocket } from './console-socket.js';

/** Each so many sockets are worth a millisecond's wait, up to a limit that nobody sees in a list. */
const SOCKETS_PER_MS = 4;
const LONGEST_MS = 50;

/**
 * News that very many hear, one after the other: the first goes out at once, what follows within the rest leaves together,
 * in one packet for each browser. Telling two hundred of eighty changes a second costs sixteen thousand calls of the system
 * otherwise, more than everything else that makes those changes. With a handful of browsers there is no rest at all.
 */
export class Bursts {
  private readonly waiting = new Map<string, () => void>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly local: () => Iterable<ConsoleSocket>) {}

  /** @param key a later one of the same key takes the place of what still waits */
  send(key: string, send: () => void): void {
    if (this.timer) {
      this.waiting.delete(key);
      this.waiting.set(key, send);
      return;
    }
    send();
    this.rest();
  }

  /** What still waits under this key is not true any more. */
  drop(key: string): void {
    this.waiting.delete(key);
  }

  close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting.clear();
  }

  private rest(): void {
    let sockets = 0;
    for (const _ of this.local()) sockets += 1;
    const ms = Math.min(LONGEST_MS, Math.floor(sockets / SOCKETS_PER_MS));
    if (ms > 0) this.timer = setTimeout(() => this.over(), ms);
  }

  private over(): void {
    this.timer = undefined;
    if (this.waiting.size === 0) return;
    const sends = [...this.waiting.values()];
    this.waiting.clear();
    const streams = [...this.local()].flatMap((socket) => streamOf(socket) ?? []);
    for (const stream of streams) stream.cork();
    try {
      for (const send of sends) send();
    } finally {
      for (const stream of streams) stream.uncork();
    }
    this.rest();
  }
}

/** What Engine.IO and `ws` write to. Where they keep it elsewhere one day, news go out one by one again. */
function streamOf({ conn }: ConsoleSocket): Duplex | undefined {
  return (
    (conn as unknown as { transport?: { socket?: { _socket?: Duplex | null } } }).transport?.socket?._socket ??
    undefined
  );
}
