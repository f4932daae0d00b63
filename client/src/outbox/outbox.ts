import type { Answered, Mention, MessageView, Suggestion } from '#libs/contracts/index.js';
import { toApiError, type ApiError, type FaultCode } from '../http/api-error.js';

/** A message of our own that the server has not confirmed yet. */
export interface Unsent {
  clientId: string;
  conversationId: string;
  kind: 'message' | 'note';
  text: string;
  /** In a note: who is told. */
  mentions?: readonly Mention[];
  /** The place of the newest message when it was begun. */
  answering?: number | null;
  /** Also after a colleague's reply. */
  anyway?: boolean;
  undoSeconds?: number;
  /** Buttons under it. */
  suggestions?: Suggestion[];
  /** In the place of words: what hung above the field, by its key. */
  attached?: string;
  /** Server time, milliseconds. */
  writtenAt: number;
  state: 'sending' | 'waiting' | 'failed';
  /** Why it failed. */
  fault: FaultCode | null;
  /** A colleague's reply that came first. */
  answered?: Answered | null;
}

export interface OutboxDoors {
  /** Of what hung above the field: resolves when the server would take it, however long a file is on its way. */
  ready?: (unsent: Unsent) => Promise<unknown>;
  post: (unsent: Unsent) => Promise<MessageView>;
  /** The server keeps it now; resolves when the thread shows it. */
  stored: (unsent: Unsent, message: MessageView) => void | Promise<void>;
  failed?: (unsent: Unsent) => void;
  now: () => number;
  /** Ends after so many milliseconds, or when `wake` is called. */
  pause: (milliseconds: number) => Promise<void>;
  random: () => number;
}

const GIVE_UP_AFTER_MS = 120_000;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Sends in order, one at a time per conversation, and lives outside of any screen: switching conversations loses nothing.
 * A lost answer is tried again with the same `clientId`, which the server knows again. What is refused, or has not got
 * through for two minutes, stays visible as failed; what stands behind it fails with it, so that order is never broken.
 */
export class Outbox {
  private entries: readonly Unsent[] = [];
  private readonly running = new Set<string>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly doors: OutboxDoors) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly all = (): readonly Unsent[] => this.entries;

  add(unsent: Omit<Unsent, 'writtenAt' | 'state' | 'fault' | 'answered'>): void {
    this.set([...this.entries, { ...unsent, writtenAt: this.doors.now(), state: 'sending', fault: null }]);
    void this.run(unsent.conversationId);
  }

  /** @param anyway knowingly: also after a colleague's reply */
  retry(clientId: string, anyway = false): void {
    const entry = this.find(clientId);
    if (entry?.state !== 'failed') return;
    this.change(clientId, { state: 'sending', fault: null, ...(anyway ? { anyway } : {}) });
    void this.run(entry.conversationId);
  }

  discard(clientId: string): void {
    if (this.find(clientId)?.state === 'failed') this.set(this.entries.filter((each) => each.clientId !== clientId));
  }

  /** Its writer thought better of it before it could be posted. */
  drop(clientId: string): void {
    this.set(this.entries.filter((each) => each.clientId !== clientId));
  }

  /** Its event overtook the answer. */
  confirm(clientId: string): void {
    if (this.find(clientId)) this.set(this.entries.filter((each) => each.clientId !== clientId));
  }

  clear(): void {
    if (this.entries.length > 0) this.set([]);
  }

  private async run(conversationId: string): Promise<void> {
    if (this.running.has(conversationId)) return;
    this.running.add(conversationId);
    try {
      for (let next = this.next(conversationId); next; next = this.next(conversationId)) await this.send(next);
    } finally {
      this.running.delete(conversationId);
    }
  }

  private async send(unsent: Unsent): Promise<void> {
    if (unsent.attached !== undefined && this.doors.ready) {
      try {
        await this.doors.ready(unsent);
      } catch (error) {
        return this.fail(unsent, toApiError(error));
      }
    }
    const giveUpAt = this.doors.now() + GIVE_UP_AFTER_MS;
    for (let attempt = 1; this.find(unsent.clientId); attempt += 1) {
      try {
        const message = await this.doors.post(this.find(unsent.clientId) ?? unsent);
        await this.doors.stored(unsent, message);
        return this.confirm(unsent.clientId);
      } catch (error) {
        const fault = toApiError(error);
        if (!fault.passing || this.doors.now() >= giveUpAt) return this.fail(unsent, fault);
        this.change(unsent.clientId, { state: 'waiting' });
        const longest = Math.min(LONGEST_PAUSE_MS, 500 * 2 ** attempt);
        await this.doors.pause(longest * (0.5 + this.doors.random() / 2));
      }
    }
  }

  private fail(unsent: Unsent, { code, answered }: ApiError): void {
    // Dropped meanwhile: what stands behind it is none the worse for that.
    if (!this.find(unsent.clientId)) return;
    this.set(
      this.entries.map((each) =>
        each.conversationId === unsent.conversationId && each.state !== 'failed' && sameLane(each, unsent)
          ? { ...each, state: 'failed', fault: code, answered }
          : each,
      ),
    );
    const failed = this.find(unsent.clientId);
    if (failed) this.doors.failed?.(failed);
  }

  private next(conversationId: string): Unsent | undefined {
    return this.entries.find((each) => each.conversationId === conversationId && each.state !== 'failed');
  }

  private find(clientId: string): Unsent | undefined {
    return this.entries.find((each) => each.clientId === clientId);
  }

  private change(clientId: string, change: Partial<Unsent>): void {
    this.set(this.entries.map((each) => (each.clientId === clientId ? { ...each, ...change } : each)));
  }

  private set(entries: readonly Unsent[]): void {
    this.entries = entries;
    for (const listener of this.listeners) listener();
  }
}

/** A refused reply says nothing about a note, which needs no ownership. */
function sameLane(a: Unsent, b: Unsent): boolean {
  return a.kind === b.kind;
}
