import { PostgresOfItsOwn } from '../support/postgres-of-its-own.js';
import { MASTER_KEY, World, type OfficialAccount } from '../support/world.js';
import { RestartableNode } from './restartable-node.js';

/** The simulator's own book: what it was told 2xx for, and what it took from us. */
export interface Ledger {
  last: number;
  pendingWebhooks: number;
  customer: { seq: number; msgId: string; msisdn: string; toldAt: string | null; lastAnswer: string | null }[];
  bot: {
    seq: number;
    msgId: string;
    msisdn: string;
    state: string;
    states: { state: string; at: string }[];
    body: { RCSMessage?: { textMessage?: string } };
  }[];
}

/**
 * What would stand in a machine room: two web nodes and a worker as processes, a PostgreSQL, and a simulated carrier.
 * All of it but the carrier may be killed. The node inside this process only makes accounts and people; nobody uses it.
 */
export class Installation {
  private constructor(
    readonly postgres: PostgresOfItsOwn,
    readonly world: World,
    readonly webs: [RestartableNode, RestartableNode],
    readonly worker: RestartableNode,
  ) {}

  static async open(): Promise<Installation> {
    const postgres = await PostgresOfItsOwn.start();
    const world = await World.open({ webhookTimeoutMs: 15_000 }, { role: 'web' }, postgres);
    const start = (role: string) =>
      RestartableNode.start(postgres.url, { MASTER_KEY, ROLE: role, DATA_DIR: postgres.dataDir });
    const [a, b, worker] = await Promise.all([start('web'), start('web'), start('worker')]);
    return new Installation(postgres, world, [a, b], worker);
  }

  get nodes(): RestartableNode[] {
    return [...this.webs, this.worker];
  }

  webhooksTo(account: OfficialAccount, web: RestartableNode): Promise<void> {
    return this.world.webhooksTo(account, web.url);
  }

  ledger({ botId }: OfficialAccount, since = 0): Promise<Ledger> {
    return this.world.carrier('GET', `/ledger?botId=${encodeURIComponent(botId)}&since=${since}`);
  }

  faults(plan: object): Promise<unknown> {
    return this.world.carrier('PUT', '/faults', plan);
  }

  async close(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.close()));
    await this.world.close();
  }
}
