import { randomUUID } from 'node:crypto';
import type { Bots } from '../bots/bots.js';
import type { Journal } from '../journal.js';
import type { WebhookPoster } from './post.js';
import { isFleeting, type WebhookEvent, type WebhookJob } from './webhook-event.js';

export interface WebhookRetry {
  firstMs: number;
  factor: number;
  maxMs: number;
}

export interface WebhookHooks {
  /** The event's JSON; null when what it speaks of is gone. */
  body(job: WebhookJob): object | null;
  /** After each try. */
  tried(job: WebhookJob, taken: boolean, answer: string): void;
}

interface Lane {
  jobs: WebhookJob[];
  failures: number;
  wake: (() => void) | null;
  timer: NodeJS.Timeout | null;
  waiters: (() => void)[];
}

/**
 * Events on their way to the bots. Each lane (one handset with one bot) posts its oldest event until the bot answers
 * 2xx, with growing waits, and only then the next; a lane that fails holds back nobody but itself. What has not been
 * taken is in the journal, so it is posted again after a restart.
 */
export class WebhookQueue {
  private readonly lanes = new Map<string, Lane>();
  private readonly running = new Set<Promise<void>>();
  private closed = false;

  constructor(
    private readonly bots: Bots,
    private readonly poster: WebhookPoster,
    private readonly journal: Journal,
    private readonly retry: WebhookRetry,
    private readonly hooks: WebhookHooks,
  ) {}

  /** Takes up what the last run did not get rid of. */
  resume(): void {
    for (const job of this.journal.kept<WebhookJob>('webhook')) this.join(job);
  }

  add(botId: string, lane: string, event: WebhookEvent, repeats: number): void {
    const job: WebhookJob = { id: randomUUID(), botId, lane, event, tries: 0, repeats };
    if (!isFleeting(job)) this.journal.put('webhook', job.id, job);
    this.join(job);
  }

  /** A bot was registered anew: whatever waits for its next try goes at once. */
  nudge(botId: string): void {
    for (const lane of this.lanes.values()) {
      if (lane.jobs[0]?.botId !== botId) continue;
      lane.failures = 0;
      lane.wake?.();
    }
  }

  /** Resolves when the lane is empty, or its oldest event has failed once, or the time is up. */
  async drained(lane: string, timeoutMs: number): Promise<void> {
    const found = this.lanes.get(lane);
    if (!found || found.failures > 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      found.waiters.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  pending(botId?: string): number {
    let count = 0;
    for (const lane of this.lanes.values()) {
      if (botId === undefined || lane.jobs[0]?.botId === botId) count += lane.jobs.length;
    }
    return count;
  }

  /** Stops after the tries under way; the rest stays in the journal. */
  async close(): Promise<void> {
    this.closed = true;
    for (const lane of this.lanes.values()) lane.wake?.();
    const patience = setTimeout(() => this.poster.close(), 1_000);
    await Promise.all(this.running);
    clearTimeout(patience);
    this.poster.close();
  }

  private join(job: WebhookJob): void {
    if (this.closed) return;
    const lane = this.lanes.get(job.lane);
    if (lane) {
      if (isFleeting(job) && lane.failures > 0) return;
      lane.jobs.push(job);
      return;
    }
    const fresh: Lane = { jobs: [job], failures: 0, wake: null, timer: null, waiters: [] };
    this.lanes.set(job.lane, fresh);
    const run = this.run(job.lane, fresh);
    this.running.add(run);
    void run.finally(() => this.running.delete(run));
  }

  private async run(name: string, lane: Lane): Promise<void> {
    let next: WebhookJob | undefined;
    while (!this.closed && (next = lane.jobs[0])) {
      const taken = await this.attempt(next);
      if (taken || isFleeting(next)) {
        lane.failures = 0;
        if (taken && next.repeats > 0) {
          next.repeats -= 1;
          continue;
        }
        lane.jobs.shift();
        if (!isFleeting(next)) this.journal.drop('webhook', next.id);
      } else {
        lane.failures += 1;
        this.release(lane);
        await this.wait(lane);
      }
    }
    this.lanes.delete(name);
    this.release(lane);
  }

  private async attempt(job: WebhookJob): Promise<boolean> {
    const bot = this.bots.find(job.botId);
    const body = this.hooks.body(job);
    if (!bot || !body) return true;
    job.tries += 1;
    const { ok, answer } = await this.poster.post(bot.webhookUrl, JSON.stringify(body), bot.verificationToken);
    this.hooks.tried(job, ok, answer);
    return ok;
  }

  private async wait(lane: Lane): Promise<void> {
    const { firstMs, factor, maxMs } = this.retry;
    const ms = Math.min(maxMs, firstMs * factor ** (lane.failures - 1));
    await new Promise<void>((resolve) => {
      lane.wake = resolve;
      lane.timer = setTimeout(resolve, ms);
      if (this.closed) resolve();
    });
    if (lane.timer) clearTimeout(lane.timer);
    lane.wake = null;
  }

  private release(lane: Lane): void {
    for (const waiter of lane.waiters.splice(0)) waiter();
  }
}
