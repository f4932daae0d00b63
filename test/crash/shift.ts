import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { AgentDesk } from '../support/agent-desk.js';
import type { Customer } from '../support/customer.js';
import { eventually } from '../support/eventually.js';
import type { Screen } from '../support/screen.js';
import type { OfficialAccount } from '../support/world.js';
import { compareBooks, type Findings } from './books.js';
import type { Installation } from './installation.js';

/** What an agent was told is stored. */
export interface Reply {
  phone: string;
  clientId: string;
  text: string;
}

/** A customer, the conversation, and the agent who has it. */
export interface Counter {
  customer: Customer;
  conversationId: string;
  agent: AgentDesk;
}

/** As long as a browser goes on trying by itself. */
const GIVE_UP_MS = 60_000;

/**
 * One official account with its customers, three agents, and three screens on two nodes that watch everything.
 * An installation outlives many shifts; a shift is small enough for every screen to hold all of it.
 */
export class Shift {
  readonly replies: Reply[] = [];
  readonly refusals: string[] = [];
  /** Nobody acts any more. */
  done = true;
  private turn = 0;

  private constructor(
    readonly house: Installation,
    readonly account: OfficialAccount,
    readonly counters: Counter[],
    readonly screens: Screen[],
  ) {}

  static async begin(house: Installation, size: number): Promise<Shift> {
    const { world, webs } = house;
    const account = await world.account();
    await house.webhooksTo(account, webs[0]);
    const agents = await Promise.all(['葵', '蓮', '結衣'].map((name) => world.agent(account, { name })));
    const customers = await Promise.all(Array.from({ length: size }, () => world.customer(account)));
    await Promise.all(customers.map((customer) => customer.writes('はじめまして')));
    const counters = await Promise.all(
      customers.map(async (customer, index) => {
        const agent = agents[index % agents.length]!;
        return { customer, agent, conversationId: (await agent.at(webs[0].url).conversationWith(customer)).id };
      }),
    );
    const places = [webs[0], webs[1], webs[1]];
    const screens = await Promise.all(agents.map((agent, index) => agent.at(places[index]!.url).screen()));
    for (const screen of screens) for (const { conversationId } of counters) await screen.watch(conversationId);
    return new Shift(house, account, counters, screens);
  }

  /** What a browser's outbox does: the same clientId until there is an answer, wherever a node takes it. */
  async answers(counter: Counter, text: string): Promise<void> {
    const clientId = randomUUID();
    const { status, code } = await this.insists(counter, 'messages', { clientId, content: { type: 'text', text } });
    if (status < 300) this.replies.push({ phone: counter.customer.phone, clientId, text });
    else this.refusals.push(`${text}: ${status} ${code}`);
  }

  /** Anything that may be done twice. */
  async insists(counter: Counter, what: string, body?: object): Promise<{ status: number; code: string }> {
    const giveUp = Date.now() + GIVE_UP_MS;
    for (;;) {
      const web = this.house.webs[this.turn++ % 2]!;
      const answer = await counter.agent
        .at(web.url)
        .send('POST', `/api/conversations/${counter.conversationId}/${what}`, body)
        .catch(() => null);
      if (answer && answer.status < 500)
        return { status: answer.status, code: answer.status < 300 ? '' : answer.body.error.code };
      if (Date.now() > giveUp) return { status: answer?.status ?? 0, code: 'gave up' };
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Everything told, everything sent, nothing on its way. */
  async atRest(): Promise<void> {
    expect(this.house.nodes.map(({ ownDeath }) => ownDeath).filter((death) => death !== null)).toEqual([]);
    let last = '';
    await eventually(
      async () => {
        // In this order: what has been sent by now is in the ledger that is read after it, and its reports with it.
        const [queued] = await this.house.postgres.query<{ n: number }>(
          `select count(*)::int as n from messages m join conversations c on c.id = m.conversation_id
           where c.account_id = $1 and m.delivery = 'queued'`,
          [this.account.id],
        );
        const { pendingWebhooks, customer, bot } = await this.house.ledger(this.account);
        const untold = customer.filter(({ toldAt }) => !toldAt);
        const taken = bot.filter(({ state }) => state === 'pending');
        last =
          `${queued!.n} queued, ${taken.length} taken and not reported, ${pendingWebhooks} webhooks pending, ` +
          `${untold.length} untold (${untold[0]?.lastAnswer})`;
        return queued!.n === 0 && taken.length === 0 && pendingWebhooks === 0 && untold.length === 0;
      },
      'everything to come to rest',
      60_000,
    ).catch(async (fault: unknown) => {
      const jobs = await this.house.postgres.query(
        `select task_identifier, queue_name, key, attempts, round(extract(epoch from run_at - now())) as due_in,
           round(extract(epoch from now() - locked_at)) as locked_for, locked_by, left(last_error, 200) as last_error
         from graphile_worker.jobs`,
      );
      const waiting = await this.house.postgres.query(
        `select id, conversation_id, attempts, sending, not_before, now() from messages where delivery = 'queued'`,
      );
      expect.fail(`${String(fault)}: ${last}\n${JSON.stringify({ jobs, waiting }, null, 1)}`);
    });
  }

  async books(): Promise<Findings> {
    const { postgres } = this.house;
    return compareBooks(postgres, this.account.id, await this.house.ledger(this.account), this.replies);
  }

  async screensAgree(): Promise<void> {
    for (const screen of this.screens) {
      await eventually(() => screen.socket.connected, 'a screen to be connected', 10_000);
      await screen.agrees();
      expect([...screen.threads.keys()].sort()).toEqual(this.counters.map((each) => each.conversationId).sort());
    }
  }

  end(): void {
    for (const screen of this.screens) screen.close();
  }
}
