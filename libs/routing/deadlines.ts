import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { SETTLE, WaitingRoom, type DueContact } from '#libs/conversations/index.js';
import { Clock } from '#libs/platform/clock/index.js';
import { Log } from '#libs/platform/telemetry/index.js';
import { Awakenings } from './awakenings.js';
import { Engine } from './engine.js';
import { Intake, type Settlement } from './intake.js';
import { Movements } from './movements.js';
import { Offers } from './offers.service.js';
import { Signals } from './signals.js';

const BATCH = 200;
/** Looked at so often although nothing was heard of: a deadline that was never announced is late by this, no more. */
const LONGEST_MS = 1_000;
const RETRY_MS = 250;

/**
 * What time brings about. Every deadline is a row's `due_at`; every node sleeps until the nearest one it knows of and then
 * acts, whoever made it: the row's lock lets one of them do it. A node that dies takes no deadline with it.
 */
@Injectable()
export class Deadlines implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private callOff: () => void = () => undefined;
  private firesAt = Number.POSITIVE_INFINITY;
  private running: Promise<void> | null = null;
  private closing = false;

  constructor(
    private readonly waiting: WaitingRoom,
    private readonly intake: Intake,
    private readonly movements: Movements,
    private readonly offers: Offers,
    private readonly awakenings: Awakenings,
    private readonly engine: Engine,
    private readonly signals: Signals,
    private readonly log: Log,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.signals.onEverywhere(({ dueInMs }) => this.arm(dueInMs));
    this.signals.onGap(() => this.arm(0));
    this.arm(0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    this.callOff();
    await this.running;
  }

  get idle(): boolean {
    return this.running === null;
  }

  /** Resolves when nothing of it is under way. */
  async settled(): Promise<void> {
    while (this.running !== null) await this.running;
  }

  /** Wakes up in so many milliseconds, or earlier if something nearer is known. */
  arm(inMs: number): void {
    const now = this.clock.now();
    const at = now + Math.max(0, Math.min(inMs, LONGEST_MS));
    if (this.closing || at >= this.firesAt) return;
    this.callOff();
    this.firesAt = at;
    this.callOff = this.clock.in(at - now, () => this.fire());
  }

  private fire(): void {
    this.firesAt = Number.POSITIVE_INFINITY;
    // What became due while the last round went on is asked for at its end.
    if (this.running !== null) return;
    this.running = this.round().then(
      (nextMs) => this.rest(nextMs),
      (fault: unknown) => {
        if (!this.closing) this.log.error({ err: fault }, 'what fell due could not be done; it is tried again');
        this.rest(RETRY_MS);
      },
    );
  }

  private rest(nextMs: number): void {
    this.running = null;
    this.arm(nextMs);
  }

  private async round(): Promise<number> {
    for (;;) {
      const due = await this.waiting.due(BATCH);
      if (due.length === 0) break;
      const before = due.map(({ id }) => id).join();
      await this.act(due);
      const left = await this.waiting.due(BATCH);
      // Somebody else is at it, or it cannot be done now: not again at the speed of the processor.
      if (left.length > 0 && left.map(({ id }) => id).join() === before) return RETRY_MS;
      if (left.length === 0 || this.closing) break;
    }
    // The database counts in finer steps than a timer does.
    return Math.max(1, Math.ceil((await this.waiting.nextDueMs()) ?? LONGEST_MS));
  }

  private async act(due: readonly DueContact[]): Promise<void> {
    const waiting = due.filter(({ state, need_key }) => state === 'queued' && !need_key?.startsWith(SETTLE));
    if (waiting.length > 0) this.engine.wake(await this.intake.revisit());
    for (const contact of due.filter((each) => !waiting.includes(each))) {
      if (this.closing) return;
      await this.actOn(contact).catch((fault: unknown) =>
        this.log.error({ err: fault, contactId: contact.id }, 'a deadline could not be carried out'),
      );
    }
  }

  private async actOn(contact: DueContact): Promise<void> {
    if (contact.state === 'queued') {
      return this.movements.settle(contact, contact.need_key!.slice(SETTLE.length) as Settlement);
    }
    await this.offers.expire(contact.conversation_id, contact.id);
    if (contact.state !== 'offered') await this.awakenings.onTime(contact.conversation_id, contact.id);
  }
}
