import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { AgentRuntime } from '#libs/agents/index.js';
import { Conversations, Inbox, Posting } from '#libs/conversations/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import { AppError } from '#libs/platform/telemetry/index.js';
import { Engine } from '#libs/routing/index.js';
import type { Console } from '../../apps/console/console.js';
import { ContactActs } from '../../libs/routing/contact-acts.js';
import { Offers } from '../../libs/routing/offers.service.js';
import type { Chance } from './chance.js';
import { readySql, type Office } from './office.js';
import type { Plan } from './plan.js';
import { quiet } from './quiet.js';
import type { StoppedClock } from './stopped-clock.js';

/** One customer with one question. */
interface Visit {
  place: number;
  contactId: string;
  conversationId: string;
  offers: number;
}

interface Given {
  id: string;
  contact_id: string;
  agent_id: string;
  outcome: string | null;
}

interface Act {
  at: number;
  order: number;
  work: () => Promise<unknown>;
}

/**
 * Customers and agents as they come and go. They act through the house's own services; what follows from an act is the
 * house's. Nothing is acted before everything that followed from the act before is done.
 */
export class Day {
  private readonly acts: Act[] = [];
  private readonly visits = new Map<string, Visit>();
  private orders = 0;
  private lastOffer = '0';
  private readonly begins: number;
  private readonly ends: number;
  private readonly engine;

  constructor(
    private readonly app: Console['app'],
    private readonly clock: StoppedClock,
    private readonly office: Office,
    private readonly plan: Plan,
    private readonly chance: Chance,
  ) {
    this.begins = clock.now();
    this.ends = this.begins + plan.minutes * 60_000;
    this.engine = app.get(Engine);
  }

  async play(stop?: AbortSignal): Promise<{ begins: Date; ends: Date }> {
    await this.app.get(DataSource).query(readySql);
    await this.settle();
    this.nextArrival(0, this.begins);
    for (;;) {
      stop?.throwIfAborted();
      const at = Math.min(this.clock.next, this.acts[0]?.at ?? Number.POSITIVE_INFINITY);
      if (at > this.ends) break;
      await this.clock.moveTo(at);
      // What time brings about comes first: an offer that ends now has ended.
      await this.settle();
      while (this.acts[0] && this.acts[0].at <= at) {
        await this.acts.shift()!.work();
        await this.settle();
      }
    }
    await this.clock.moveTo(this.ends);
    return { begins: new Date(this.begins), ends: new Date(this.ends) };
  }

  private async settle(): Promise<void> {
    await quiet(this.app, this.clock);
    await this.hearOffers();
  }

  private later(seconds: number, work: () => Promise<unknown>): void {
    this.at(this.clock.now() + Math.round(seconds * 1000), work);
  }

  private at(at: number, work: () => Promise<unknown>): void {
    const act = { at, order: (this.orders += 1), work };
    const before = this.acts.findIndex((other) => other.at > at);
    this.acts.splice(before === -1 ? this.acts.length : before, 0, act);
  }

  private nextArrival(place: number, after: number): void {
    const at = after + this.chance.exponential(60_000 / this.plan.rate, 'arrival', place);
    this.at(Math.round(at), async () => {
      this.nextArrival(place + 1, at);
      await this.arrives(place);
    });
  }

  private async arrives(place: number): Promise<void> {
    const asks = this.office.special !== null && this.chance.of('asks', place) < this.plan.asking;
    const { accountId, connectionId } = asks ? this.office.special! : this.office.general;
    const phone = `+8170${String(10_000_000 + place)}`;
    await this.app.get(Inbox).receive([
      {
        kind: 'message',
        accountId,
        connectionId,
        address: { kind: 'phone', phone },
        carrierMessageId: `visit ${place}`,
        content: { type: 'text', text: '質問です' },
        file: null,
        channelSentAt: this.clock.date(),
      },
    ]);
    const [row] = await this.query<{ id: string; conversation_id: string }>(
      `select t.id, t.conversation_id from contacts t join conversations c on c.id = t.conversation_id
         join customers p on p.id = c.customer_id where p.phone = $1`,
      [phone],
    );
    const visit = { place, contactId: row!.id, conversationId: row!.conversation_id, offers: 0 };
    this.visits.set(visit.contactId, visit);
    await this.hurries(visit);
    if (this.plan.patience !== null)
      this.later(this.chance.exponential(this.plan.patience, 'patience', place), () => this.leaves(visit));
  }

  private async hurries({ place, conversationId }: Visit): Promise<void> {
    const drawn = this.chance.of('priority', place);
    const { urgent, high } = this.plan;
    if (drawn >= urgent + high) return;
    await this.engine.settled();
    const priority = drawn < urgent ? 'urgent' : 'high';
    await this.app.get(ContactActs).prioritise(this.office.supervisor, conversationId, priority);
  }

  /** In messaging nobody hangs up; somebody sees that she is gone, and closes what nobody has accepted. */
  private async leaves({ contactId, conversationId }: Visit): Promise<void> {
    const [contact] = await this.query<{ state: string }>('select state from contacts where id = $1', [contactId]);
    if (contact?.state === 'queued' || contact?.state === 'offered')
      await this.app.get(Conversations).close(this.office.supervisor, conversationId);
  }

  /** Who was asked, or given something, since. */
  private async hearOffers(): Promise<void> {
    const offers = await this.query<Given>(
      'select id, contact_id, agent_id, outcome from offers where id > $1::bigint order by id',
      [this.lastOffer],
    );
    for (const offer of offers) {
      this.lastOffer = offer.id;
      const visit = this.visits.get(offer.contact_id)!;
      visit.offers += 1;
      if (offer.outcome === 'accepted') this.handles(visit, offer.agent_id);
      else this.answers(visit, offer);
    }
  }

  private answers(visit: Visit, { id, agent_id }: Given): void {
    const { author } = this.office.agents.get(agent_id)!;
    const { declined, unanswered, offerSeconds, resumes } = this.plan;
    const drawn = this.chance.of('answer', visit.place, visit.offers);
    const offers = this.app.get(Offers);
    if (drawn < unanswered) {
      this.later(offerSeconds + resumes, () =>
        this.app.get(Transactions).run((tx) => this.app.get(AgentRuntime).resume(tx, agent_id, agent_id)),
      );
      return;
    }
    const seconds = this.chance.between(1, Math.min(8, offerSeconds - 1), 'ring', visit.place, visit.offers);
    if (drawn < unanswered + declined)
      this.later(seconds, () => unlessEnded(offers.decline(author, id, { reason: 'busy' })));
    else
      this.later(seconds, async () => {
        if (await unlessEnded(offers.accept(author, id))) this.handles(visit, agent_id);
      });
  }

  /** She answers after a while, and closes when it is done. */
  private handles({ place, conversationId }: Visit, agentId: string): void {
    const { author } = this.office.agents.get(agentId)!;
    const { handling, handlingSpread } = this.plan;
    const whole = this.chance.logNormal(handling, handlingSpread, 'handling', place);
    const reply = Math.min(whole / 2, this.chance.logNormal(20, 0.5, 'reply', place));
    this.later(reply, () =>
      this.app.get(Posting).post(author, conversationId, randomUUID(), { type: 'text', text: 'ご案内します' }),
    );
    this.later(whole, () => this.app.get(Conversations).close(author, conversationId));
  }

  private query<R>(sql: string, params: unknown[]): Promise<R[]> {
    return this.app.get(DataSource).query(sql, params);
  }
}

/** @returns false: the offer was over before it was answered, because the customer had left */
async function unlessEnded(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (fault) {
    if (fault instanceof AppError && fault.status === 409) return false;
    throw fault;
  }
}
