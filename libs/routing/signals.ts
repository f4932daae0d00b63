import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Tx } from '#libs/platform/database/index.js';
import { Announcements } from '#libs/platform/realtime/index.js';

/** What travels under the topic `routing`; every member is left out where it has nothing to say. */
export interface Signal {
  /** Something in these queues may be placed now. */
  queues?: string[];
  /** New contacts of these accounts may belong to a queue. */
  accounts?: string[];
  /** These agents may take something now. */
  agents?: string[];
  /** What waits in these queues is another number now. */
  counts?: string[];
  /** Something falls due in so many milliseconds: not a time, because two nodes' clocks differ. */
  dueInMs?: number;
}

type Listener = (signal: Required<Signal>) => void;

/** Wakes whoever places, counts or waits for a deadline: after commit, never before. */
@Injectable()
export class Signals implements OnModuleInit {
  private readonly wakers: Listener[] = [];
  private readonly listeners: Listener[] = [];
  private readonly gaps: (() => void)[] = [];

  constructor(private readonly announcements: Announcements) {}

  onModuleInit(): void {
    this.announcements.on('routing', (refs, origin) => {
      const signal = merge(refs as Signal[]);
      for (const listener of this.listeners) listener(signal);
      // Whoever changed something places what follows from it; the others only hear of deadlines and numbers.
      if (origin === 'here') for (const waker of this.wakers) waker(signal);
    });
    this.announcements.onGap(() => this.gaps.forEach((gap) => gap()));
  }

  send(tx: Tx, signal: Signal): void {
    this.announcements.announce(tx, 'routing', signal);
  }

  /** On the node where it happened. */
  onHere(waker: Listener): void {
    this.wakers.push(waker);
  }

  /** On every node. */
  onEverywhere(listener: Listener): void {
    this.listeners.push(listener);
  }

  /** Something may have been missed. */
  onGap(gap: () => void): void {
    this.gaps.push(gap);
  }
}

function merge(signals: readonly Signal[]): Required<Signal> {
  const all = (pick: (signal: Signal) => string[] | undefined): string[] => [
    ...new Set(signals.flatMap((signal) => pick(signal) ?? [])),
  ];
  return {
    queues: all(({ queues }) => queues),
    accounts: all(({ accounts }) => accounts),
    agents: all(({ agents }) => agents),
    counts: all(({ counts }) => counts),
    dueInMs: Math.min(...signals.map(({ dueInMs }) => dueInMs ?? Number.POSITIVE_INFINITY)),
  };
}
