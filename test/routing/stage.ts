import { randomUUID } from 'node:crypto';
import type { CreateQueueBody, ErrorBody, Permission, QueueView } from '#libs/contracts/index.js';
import { AgentRuntime, permissionsOf } from '#libs/agents/index.js';
import type { Author } from '#libs/conversations/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import { Engine } from '#libs/routing/index.js';
import type { Settings } from '#libs/platform/settings/index.js';
import { StoppedClock } from '../../bench/simulation/stopped-clock.js';
import type { Console } from '../../apps/console/console.js';
import type { AgentDesk } from '../support/agent-desk.js';
import { Carrier } from '../support/carrier.js';
import { eventually } from '../support/eventually.js';
import { freshDatabase } from '../support/postgres.js';
import { World, type OfficialAccount } from '../support/world.js';
import { Clerk } from './clerk.js';

export interface ContactRow {
  id: string;
  conversation_id: string;
  state: string;
  assignee_id: string | null;
  offered_to: string | null;
  queue_id: string | null;
  enqueued_at: Date;
  first_accepted_at: Date | null;
  close_reason: string | null;
  transfers: number;
  phone: string;
}

/** An office with a queue: people at desks, people on paper, customers who write. */
export class Stage {
  private phones = 0;

  private constructor(
    readonly world: World,
    readonly account: OfficialAccount,
    readonly admin: AgentDesk,
  ) {}

  static async open(values: Partial<Settings> = {}): Promise<Stage> {
    const world = await World.open({}, values);
    const account = await world.account();
    const admin = await world.agent(account, { role: 'admin', visibility: 'all', name: '管理' });
    return new Stage(world, account, admin);
  }

  /** In a world that somebody else has opened, and closes. */
  static on(world: World, account: OfficialAccount, admin: AgentDesk): Stage {
    return new Stage(world, account, admin);
  }

  /** By a clock that stands still until the test moves it. */
  static async openAt(at: Date): Promise<{ stage: Stage; clock: StoppedClock }> {
    const database = await freshDatabase();
    const clock = await StoppedClock.of(database.url, at);
    const world = await World.open({}, {}, database, clock);
    const account = await world.account();
    const admin = await world.agent(account, { role: 'admin', visibility: 'all', name: '管理' });
    return { stage: new Stage(world, account, admin), clock };
  }

  close(): Promise<void> {
    return this.world.close();
  }

  async queue(rules: Partial<CreateQueueBody> & { agents?: readonly string[] } = {}): Promise<QueueView> {
    const { agents, ...rest } = rules;
    const body: CreateQueueBody = {
      name: `窓口 ${randomUUID()}`,
      ...(agents ? { members: agents.map((agentId) => ({ agentId, rank: 1, delaySeconds: 0 })) } : {}),
      ...rest,
    };
    const answer = await this.admin.send<QueueView & ErrorBody>('POST', '/api/queues', body);
    if (answer.status !== 201)
      throw new Error(`the queue was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async edit(id: string, body: object): Promise<QueueView> {
    const answer = await this.admin.send<QueueView & ErrorBody>('PATCH', `/api/queues/${id}`, body);
    if (answer.status !== 200)
      throw new Error(`the queue was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Somebody at a desk, connected, and ready unless told otherwise. */
  async agent(
    of: { name?: string; capacity?: number; ready?: boolean; role?: 'agent' | 'supervisor' } = {},
    node?: Console,
  ): Promise<Clerk> {
    const { name = '葵', capacity = 3, ready = true, role = 'agent' } = of;
    const desk = await this.world.agent(this.account, { name, capacity, role }, node);
    const screen = await desk.screen();
    const clerk = new Clerk(desk, screen);
    await this.until(
      async () => (await this.state(desk.view.id))?.connection === 'connected',
      `${name} to be connected`,
    );
    if (ready) await clerk.ready();
    return clerk;
  }

  /** People without a desk, connected and ready as far as the database knows: for crowds. */
  async paper(count: number, of: { capacity?: number; routing?: 'ready' | 'not_ready' } = {}): Promise<string[]> {
    const { capacity = 3, routing = 'ready' } = of;
    const made = await this.world.query<{ id: string }>(
      `with made as (
         insert into agents (name, email, password_hash, role, visibility, capacity)
         select 'paper ' || n, $3 || n || '@people.example', '-', 'agent', 'account', $2 from generate_series(1, $1) n returning id
       ) insert into agent_accounts (agent_id, account_id) select id, $4 from made returning agent_id as id`,
      [count, capacity, randomUUID(), this.account.id],
    );
    const ids = made.map(({ id }) => id);
    await this.world.query(
      `update agent_runtime set connection = 'connected', routing = $2 where agent_id = any($1::bigint[])`,
      [ids, routing],
    );
    return ids;
  }

  /** The routing of a paper agent, as her own press of a button would set it. */
  async turns(agentId: string, routing: 'ready' | 'not_ready', node: Console = this.world.first): Promise<void> {
    const choice = { routing, reason: routing === 'ready' ? null : ('break' as const) };
    await node.app.get(Transactions).run((tx) => node.app.get(AgentRuntime).setState(tx, agentId, choice, agentId));
  }

  /** Somebody on paper, as the services know whoever asks. */
  author(agentId: string, permissions: readonly Permission[] = []): Author {
    return {
      agentId,
      name: `paper ${agentId}`,
      visibility: 'account',
      accountIds: [this.account.id],
      permissions: new Set([...permissionsOf.agent, ...permissions]),
    };
  }

  /** Contacts that enter a queue without the way over the carrier; the node that stores them is told, as by the inbox. */
  async waiting(
    queueId: string,
    count: number,
    secondsApart = 1,
    of: { priority?: string; wake?: Console | null } = {},
  ): Promise<string[]> {
    const rows = await this.world.query<{ id: string }>(
      `with people as (
         insert into customers (address, phone) select $1 || n, $1 || n from generate_series(1, $2) n returning id
       ), threads as (
         insert into conversations (account_id, customer_id, contact_id, waiting_since, last_seq, last_change)
         select $3, id, nextval(pg_get_serial_sequence('contacts', 'id')), now(), 0, 0 from people order by id
         returning id, contact_id
       ), listed as (
         insert into inbox (conversation_id, account_id, assignee_id, open, waiting_key, newest_key)
         select id, $3, null, true, 1, 1 from threads
       ), segmented as (
         insert into segments (contact_id, owner_type, owner_id) select contact_id, 'queue', $4 from threads
       )
       insert into contacts (id, conversation_id, account_id, queue_id, state, enqueued_at, priority)
       overriding system value
       select contact_id, id, $3, $4, 'queued',
         now() - (($2 - row_number() over (order by contact_id)) * $5) * interval '1 second', $6
       from threads returning id`,
      [`+81x${randomUUID()}`, count, this.account.id, queueId, secondsApart, of.priority ?? 'normal'],
    );
    if (of.wake !== null) this.wake(queueId, of.wake);
    return rows.map(({ id }) => id).sort((a, b) => Number(a) - Number(b));
  }

  wake(queueId: string, node: Console = this.world.first): void {
    node.app.get(Engine).wakeForArrivals([queueId]);
  }

  phone(): string {
    this.phones += 1;
    return `+8170${String(10_000_000 + this.phones)}`;
  }

  /** So many new customers write at once. */
  async arrive(count: number, node: Console = this.world.first): Promise<string[]> {
    const carrier = new Carrier(node.url, this.account);
    const phones = Array.from({ length: count }, () => this.phone());
    const answers = await Promise.all(phones.map((phone) => carrier.tells(carrier.message(phone, '質問です'))));
    const refused = answers.find(({ status }) => status !== 200);
    if (refused) throw new Error(`a webhook was answered ${refused.status}`);
    return phones;
  }

  writes(phone: string, text = 'もしもし'): Promise<unknown> {
    const carrier = new Carrier(this.world.first.url, this.account);
    return carrier.tells(carrier.message(phone, text));
  }

  contacts(where = 'true', params: unknown[] = []): Promise<ContactRow[]> {
    return this.world.query<ContactRow>(
      `select t.*, p.phone from contacts t join conversations c on c.id = t.conversation_id join customers p on p.id = c.customer_id
       where ${where} order by t.id`,
      params,
    );
  }

  async contactOf(phone: string): Promise<ContactRow> {
    return eventually(async () => (await this.contacts('p.phone = $1', [phone])).at(-1), 'the contact');
  }

  async state(agentId: string): Promise<{ connection: string; not_responding: boolean } | undefined> {
    const [row] = await this.world.query<{ connection: string; not_responding: boolean }>(
      'select connection, not_responding from agent_runtime where agent_id = $1',
      [agentId],
    );
    return row;
  }

  /** What people hold, from the contacts themselves. */
  loads(): Promise<{ agent_id: string; used: number; capacity: number }[]> {
    return this.world.query(
      `select a.id as agent_id, a.capacity, (select coalesce(sum(weight), 0)::int from contacts t
         where (t.assignee_id = a.id and t.state in ('active', 'held', 'wrapup')) or t.offered_to = a.id) as used
       from agents a`,
    );
  }

  until<T>(ask: () => T | Promise<T>, what: string, patienceMs?: number): Promise<NonNullable<Exclude<T, false>>> {
    return eventually(ask, what, patienceMs);
  }

  overlooked(): Promise<number> {
    return this.metric('madoguchi_routing_overlooked_total');
  }

  async metric(name: string): Promise<number> {
    const text = await (await fetch(`${this.world.first.url}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? 0);
  }
}
