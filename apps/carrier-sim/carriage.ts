import { randomUUID } from 'node:crypto';
import type { Faults, FaultsInForce } from './faults.js';
import type { Handset } from './handsets/handset.js';
import type { Handsets } from './handsets/handsets.js';
import type { Content, Suggestion } from './threads/content.js';
import { climb, climbOwn, type BotEntry, type BotMessageState, type CustomerEntry } from './threads/entry.js';
import type { Threads } from './threads/threads.js';
import type { WebhookEvent, WebhookJob } from './webhooks/webhook-event.js';
import type { WebhookQueue } from './webhooks/webhook-queue.js';

export const laneOf = (msisdn: string, botId: string): string => `${msisdn} ${botId}`;

export interface BotSend {
  botId: string;
  handset: Handset;
  content: Content;
  suggestions: Suggestion[];
  body: unknown;
  hidden: boolean;
  expiresAt: string | null;
}

/**
 * Carries messages between the bots and the handsets.
 *
 * A bot's message is `pending` when it is taken, `sent` when it is under way, `delivered` when the phone has it and
 * `displayed` when its owner has read it and shows read marks. On a phone without signal it stays `sent` until the
 * phone is back; to an owner who blocked the account it stays `sent` for ever. Before delivery it may be cancelled, by
 * the bot or by its own expiry. Each step is reported to the bot in the lane of this handset and bot.
 *
 * A customer's message goes the other way: it waits on a phone without signal, is `sent` when its webhook is in the
 * lane, `delivered` when the bot took it and `read` when the bot said so and the owner shows read marks.
 */
export class Carriage {
  webhooks: WebhookQueue | null = null;
  private readonly expiries = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly threads: Threads,
    private readonly handsets: Handsets,
    private readonly faults: Faults,
  ) {}

  /** Takes up what the last run left under way. */
  resume(): void {
    for (const entry of this.threads.all()) {
      if (entry.from !== 'bot') continue;
      if (entry.state === 'pending') this.forward(entry);
      else if (entry.state === 'sent') this.watchExpiry(entry);
    }
  }

  accept(send: BotSend): BotEntry {
    const at = new Date().toISOString();
    const entry: BotEntry = {
      id: randomUUID(),
      seq: this.threads.nextSeq(),
      from: 'bot',
      botId: send.botId,
      msisdn: send.handset.msisdn,
      at,
      content: send.content,
      suggestions: send.suggestions,
      place: null,
      state: 'pending',
      states: [{ state: 'pending', at }],
      body: send.body,
      hidden: send.hidden,
      seen: false,
      dropped: send.handset.blocked,
      expiresAt: send.expiresAt,
    };
    this.threads.add(entry);
    return entry;
  }

  /** From `pending` on, as far as it gets now. */
  forward(entry: BotEntry): void {
    const sent = this.step(entry, 'sent');
    const delivered = this.deliver(entry);
    this.report(entry, [...(sent ? [sent] : []), ...(delivered ? [delivered] : [])]);
    if (!delivered) this.watchExpiry(entry);
  }

  /** The phone has signal again: what waited on either side goes, in order. */
  comeOnline(handset: Handset): void {
    for (const entry of this.threads.all()) {
      if (entry.msisdn !== handset.msisdn) continue;
      if (entry.from === 'bot' && entry.state === 'sent') {
        const delivered = this.deliver(entry);
        if (delivered) this.report(entry, [delivered]);
      }
      if (entry.from === 'customer' && entry.state === 'waiting') this.dispatch(entry);
    }
  }

  /** The owner has the thread on screen, up to one message or to its end. */
  read(handset: Handset, botId: string, upTo: string | null): number {
    const thread = this.threads.thread(handset.msisdn, botId);
    const last = upTo === null ? thread.shown.length : thread.shown.findIndex((entry) => entry.id === upTo) + 1;
    const unseen: BotEntry[] = [];
    for (const entry of thread.shown.slice(0, last).reverse()) {
      if (entry.from !== 'bot') continue;
      if (entry.seen) break;
      unseen.unshift(entry);
    }
    for (const entry of unseen) {
      entry.seen = true;
      const displayed = handset.receipts ? this.step(entry, 'displayed') : null;
      if (displayed) this.report(entry, [displayed]);
      else this.threads.changed(entry);
    }
    return unseen.length;
  }

  /** Takes a message back; false when it is too late. */
  cancel(entry: BotEntry, reason?: string): boolean {
    if (entry.state === 'cancelled') return true;
    const cancelled = this.step(entry, 'cancelled');
    if (cancelled) this.report(entry, [cancelled], reason);
    return cancelled !== null;
  }

  write(handset: Handset, botId: string, content: Content): CustomerEntry {
    const entry: CustomerEntry = {
      id: randomUUID(),
      seq: this.threads.nextSeq(),
      from: 'customer',
      botId,
      msisdn: handset.msisdn,
      at: new Date().toISOString(),
      content,
      place: null,
      state: 'waiting',
      hidden: handset.anonymous,
      toldAt: null,
      tries: 0,
      lastAnswer: null,
      readAt: null,
    };
    this.threads.add(entry);
    this.threads.show(entry);
    if (!handset.offline) this.dispatch(entry);
    return entry;
  }

  /** The bot says that its people have read a customer's message. */
  readByBot(entry: CustomerEntry): void {
    entry.readAt ??= new Date().toISOString();
    // Mutual: who hides read marks sees none.
    if (this.handsets.find(entry.msisdn)?.receipts) climbOwn(entry, 'read');
    this.threads.changed(entry);
  }

  /** What a try of a webhook means for the message it is about. */
  tried(job: WebhookJob, taken: boolean, answer: string): void {
    if (job.event.kind !== 'message') return;
    const entry = this.threads.find(job.event.entryId);
    if (entry?.from !== 'customer') return;
    entry.tries += 1;
    entry.lastAnswer = answer;
    if (taken) {
      entry.toldAt ??= new Date().toISOString();
      climbOwn(entry, 'delivered');
    }
    this.threads.changed(entry);
  }

  post(handset: Handset, botId: string, event: WebhookEvent): void {
    const { repeats } = this.faults.concerning(botId, handset.faults);
    this.webhooks?.add(botId, laneOf(handset.msisdn, botId), event, event.kind === 'typing' ? 0 : repeats);
  }

  close(): void {
    for (const timer of this.expiries.values()) clearTimeout(timer);
  }

  private dispatch(entry: CustomerEntry): void {
    climbOwn(entry, 'sent');
    this.threads.changed(entry);
    const handset = this.handsets.find(entry.msisdn);
    if (handset) this.post(handset, entry.botId, { kind: 'message', entryId: entry.id });
  }

  private step(entry: BotEntry, state: BotMessageState): { state: BotMessageState; at: string } | null {
    if ((state === 'cancelled' || state === 'failed') && !['pending', 'sent'].includes(entry.state)) return null;
    const at = new Date().toISOString();
    if (!climb(entry, state, at)) return null;
    this.threads.changed(entry);
    return { state, at };
  }

  private deliver(entry: BotEntry): { state: BotMessageState; at: string } | null {
    const handset = this.handsets.find(entry.msisdn);
    if (!handset || handset.offline || entry.dropped) return null;
    if (entry.expiresAt && Date.parse(entry.expiresAt) <= Date.now()) return null;
    const delivered = this.step(entry, 'delivered');
    if (delivered) {
      this.forgetExpiry(entry);
      this.threads.show(entry);
    }
    return delivered;
  }

  private report(entry: BotEntry, steps: { state: BotMessageState; at: string }[], reason?: string): void {
    const handset = this.handsets.find(entry.msisdn);
    if (!handset) return;
    const faults = this.faults.concerning(entry.botId, handset.faults);
    for (const { state, at } of disturbed(steps, entry, faults)) {
      this.post(handset, entry.botId, { kind: 'status', entryId: entry.id, status: state, at, reason });
    }
  }

  private watchExpiry(entry: BotEntry): void {
    if (!entry.expiresAt || this.expiries.has(entry.id)) return;
    const ms = Math.min(Math.max(Date.parse(entry.expiresAt) - Date.now(), 0), 2 ** 31 - 1);
    const timer = setTimeout(() => {
      this.forgetExpiry(entry);
      this.cancel(entry, 'expired');
    }, ms);
    timer.unref();
    this.expiries.set(entry.id, timer);
  }

  private forgetExpiry(entry: BotEntry): void {
    clearTimeout(this.expiries.get(entry.id));
    this.expiries.delete(entry.id);
  }
}

/** The reports of one moment as a carrier in disorder sends them: reversed, with a late lower one, or each twice. */
function disturbed(
  steps: { state: BotMessageState; at: string }[],
  entry: BotEntry,
  faults: FaultsInForce,
): { state: BotMessageState; at: string }[] {
  let reports = steps;
  if (faults.any('reportsReversed')) {
    const late = entry.states.find(({ state }) => state === 'delivered');
    const alone = steps.length === 1 && steps[0]?.state === 'displayed' && late;
    reports = alone ? [...steps, late] : [...steps].reverse();
  }
  return faults.any('reportsTwice') ? reports.flatMap((report) => [report, report]) : reports;
}
