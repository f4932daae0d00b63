import { Injectable } from '@nestjs/common';
import type { DecisionPath, WrapUpBody } from '#libs/contracts/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import type { StoredState } from './contact-states.js';
import type { Thread } from '../threads/thread-row.js';

export interface Actor {
  agentId: string;
  name: string;
}

export interface Handing {
  to: Actor;
  by: Actor;
  path: Extract<DecisionPath, 'claim' | 'reply' | 'assignment'>;
  /** A person with the right to do so goes beyond her capacity, knowingly. */
  override: boolean;
}

/** What happened to a contact; told inside the transaction, under the conversation's lock. */
export interface Move {
  /** As it is now. */
  thread: Thread;
  from: StoredState | null;
  to: StoredState;
  /** Whoever had it, or was being offered it, before and after. */
  before: { assigneeId: string | null; offeredTo: string | null; queueId: string | null };
  /** When time alone changes something next; undefined: as before. */
  dueAt: Date | null | undefined;
}

/**
 * Whoever decides who gets contacts stands above this lib and registers here; everything that hands one over asks first,
 * in the same transaction and under the same locks.
 */
export interface ContactGuard {
  /** Locks the agent, checks, and writes down why. Throws to refuse. */
  handing(tx: Tx, thread: Thread, handing: Handing): Promise<void>;
  /** How long wrap-up takes when this contact ends now; 0: none. Throws when what must be said is not. */
  wrapUpSeconds(thread: Thread, said: WrapUpBody): number;
  /** Throws when what must be said at the end is not. */
  finishing(thread: Thread, said: WrapUpBody): void;
  /** So long after our last word something is to be done about a silent customer; null: nothing. */
  silenceSeconds(thread: Thread): number | null;
  /** All that moved at once, so that many cost no more statements than one. */
  moved(tx: Tx, moves: readonly Move[]): Promise<void>;
}

const nobody: ContactGuard = {
  handing: async () => undefined,
  wrapUpSeconds: () => 0,
  finishing: () => undefined,
  silenceSeconds: () => null,
  moved: async () => undefined,
};

@Injectable()
export class ContactGuards {
  private guard: ContactGuard | null = null;

  register(guard: ContactGuard): void {
    if (this.guard !== null) throw new Error('Two libs want to decide who gets contacts.');
    this.guard = guard;
  }

  get current(): ContactGuard {
    return this.guard ?? nobody;
  }
}
