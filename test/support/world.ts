import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { Accounts, type CarrierConnection } from '#libs/accounts/index.js';
import { Agents } from '#libs/agents/index.js';
import type { BotsOptions } from '#libs/bots/index.js';
import type { AgentView, CreateAgentBody } from '#libs/contracts/index.js';
import type { Clock } from '#libs/platform/clock/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import { Settings } from '#libs/platform/settings/index.js';
import { startConsole, type Console } from '../../apps/console/console.js';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../apps/carrier-sim/simulator.js';
import { AgentDesk } from './agent-desk.js';
import { Customer } from './customer.js';
import { Line } from './line.js';
import { freshDatabase, type FreshDatabase } from './postgres.js';

export const PASSWORD = 'a long enough password';
export const MASTER_KEY = createHash('sha256').update('tests').digest('base64');

export interface OfficialAccount {
  id: string;
  /** As the carrier knows it. */
  bot: object;
  botId: string;
  connection: CarrierConnection;
  /** Where the carrier posts; without the node's address. */
  webhookPath: string;
  verificationToken: string;
}

/**
 * A database of its own, a simulated carrier, and as many console nodes as a test wants: the whole house, entered
 * through its doors only.
 */
export class World {
  private readonly nodes: Console[] = [];
  private readonly desks: AgentDesk[] = [];
  private phones = 0;

  private constructor(
    readonly database: FreshDatabase,
    readonly simulator: Simulator,
    /** Shared by all nodes, as in an installation. */
    readonly dataDir: string,
    /** What the carrier reaches the console by: a port is known only once a node listens. */
    private readonly front: Line,
    private readonly clock: Clock | undefined,
    private readonly bots: BotsOptions['bots'] | undefined,
  ) {}

  /**
   * @param given a database that the test brings along; the world drops it in the end
   * @param clock another one than the machine's
   * @param bots the modules that answer, on every node
   */
  static async open(
    options: Partial<SimulatorOptions> = {},
    values: Partial<Settings> = {},
    given?: FreshDatabase,
    clock?: Clock,
    bots?: BotsOptions['bots'],
  ): Promise<World> {
    const [database, dataDir] = await Promise.all([given ?? freshDatabase(), mkdtemp(join(tmpdir(), 'madoguchi-'))]);
    const retry = { firstMs: 50, factor: 2, maxMs: 500 };
    const simulator = await startSimulator({ port: 0, bots: [], logLevel: 'silent', webhookRetry: retry, ...options });
    const world = new World(database, simulator, dataDir, await Line.to(simulator.url), clock, bots);
    world.front.leadsTo((await world.node(values)).url);
    return world;
  }

  /** Another node on the same database. */
  async node(values: Partial<Settings> = {}): Promise<Console> {
    const node = await startConsole(this.settings(values), '127.0.0.1', undefined, this.clock, this.bots);
    this.nodes.push(node);
    return node;
  }

  settings(values: Partial<Settings> = {}): Settings {
    return new Settings({
      port: 0,
      databaseUrl: this.database.url,
      dataDir: this.dataDir,
      publicUrl: this.front.url,
      masterKey: MASTER_KEY,
      logLevel: process.env['TEST_LOG'] ? 'debug' : 'silent',
      ...values,
    });
  }

  get first(): Console {
    return this.nodes[0]!;
  }

  async leave(node: Console): Promise<void> {
    this.nodes.splice(this.nodes.indexOf(node), 1);
    await node.close();
  }

  /** An official account with a connection to the simulated carrier, whose webhooks come to `node`. */
  async account(node: Console = this.first, name = '窓口銀行'): Promise<OfficialAccount> {
    const botId = `bot-${randomUUID()}@botplatform.example`;
    const [clientId, clientSecret, verificationToken] = [randomUUID(), randomUUID(), randomUUID()];
    const { id, connection } = await this.first.app.get(Transactions).run(async (tx) => {
      const accounts = this.first.app.get(Accounts);
      const account = await accounts.create(tx, { name });
      const made = await accounts.addConnection(tx, account.id, {
        wire: 'maap',
        settings: {
          baseUrl: `${this.simulator.url}/rcs/bot/v1`,
          botId,
          tokenUrl: `${this.simulator.url}/oauth2/v1/token`,
        },
        credentials: { clientId, clientSecret, verificationToken },
      });
      return { id: account.id, connection: made };
    });
    const webhookPath = `/carrier/maap/${connection.connectionKey}`;
    const bot = { botId, name, verified: true, clientId, clientSecret, verificationToken };
    const account = { id, bot, botId, connection, webhookPath, verificationToken };
    await this.webhooksTo(account, node.url);
    return account;
  }

  /** From now on the carrier posts to this node. */
  async webhooksTo({ bot, botId, webhookPath }: OfficialAccount, nodeUrl: string): Promise<void> {
    await this.carrier('PUT', `/bots/${encodeURIComponent(botId)}`, { ...bot, webhookUrl: `${nodeUrl}${webhookPath}` });
  }

  async person(body: Partial<CreateAgentBody> = {}): Promise<AgentView> {
    const whole = {
      name: '葵',
      email: `${randomUUID()}@people.example`,
      password: PASSWORD,
      role: 'agent' as const,
      accountIds: [],
    };
    const agents = this.first.app.get(Agents);
    return this.first.app
      .get(Transactions)
      .run((tx) => agents.create(tx, { ...whole, visibility: 'account', ...body }));
  }

  /** A signed-in agent of this account, at a node. */
  async agent(account: OfficialAccount, body: Partial<CreateAgentBody> = {}, node = this.first): Promise<AgentDesk> {
    const view = await this.person({ accountIds: [account.id], ...body });
    const desk = new AgentDesk(node.url, view);
    await desk.signIn(PASSWORD);
    this.desks.push(desk);
    return desk;
  }

  customer(account: OfficialAccount, handset: object = {}): Promise<Customer> {
    this.phones += 1;
    const number = `+8190${String(10_000_000 + this.phones)}`;
    return Customer.withHandset(this.simulator.url, number, account.botId, handset);
  }

  /** Straight to the database, for what no door does: cutting a connection, looking at a plan. */
  query<R>(sql: string, params: unknown[] = []): Promise<R[]> {
    return this.first.app.get(DataSource).query(sql, params);
  }

  async carrier<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.simulator.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the simulator answered ${answer.status} to ${method} ${path}: ${text}`);
    return (text === '' ? null : JSON.parse(text)) as T;
  }

  async close(): Promise<void> {
    for (const desk of this.desks) desk.leave();
    await this.simulator.close();
    await Promise.all(this.nodes.map((node) => node.close()));
    await this.front.close();
    await this.database.drop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
