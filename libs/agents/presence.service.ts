import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap, OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DatabaseAddress, Transactions } from '#libs/platform/database/index.js';
import { Sockets } from '#libs/platform/realtime/index.js';
import type { ConsoleSocket } from '#libs/platform/realtime/index.js';
import { Settings } from '#libs/platform/settings/index.js';
import { Log, Metrics } from '#libs/platform/telemetry/index.js';
import { AgentRuntime } from './agent-runtime.service.js';
import { NodeGuard } from './node-guard.js';
import { OwnSockets } from './own-sockets.js';
import { SocketLedger } from './socket-ledger.service.js';
import type { Departure } from './state-changes.js';

const LOOK_MS = 700;
/** Few enough that whoever gives work hardly ever waits for their locks. */
const BATCH = 100;
const RETRY_MS = 250;
const GOODBYE_MS = 3_000;

/**
 * The connection layer. Each node keeps the database in step with the sockets that it holds (`settle`: what is true,
 * not what happened, so that any failure is repaired by doing it again), and looks after what nobody else may be left
 * to do: sockets of a node that died, graces that are over, those of whose leaving not everybody has heard.
 *
 * A node without its lock in two looks in a row is dead: one that only lost its guard's connection is back by then.
 */
@Injectable()
export class Presence implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly own = new OwnSockets();
  private readonly unsettled = new Set<string>();
  private readonly telling = new Map<string, Promise<void>>();
  private readonly guard: NodeGuard;
  private settling: Promise<void> | null = null;
  private looking: Promise<void> | null = null;
  private lookAgain = false;
  private suspects = new Set<number>();
  private timer: NodeJS.Timeout | undefined;
  private closing = false;

  constructor(
    address: DatabaseAddress,
    private readonly settings: Settings,
    private readonly log: Log,
    metrics: Metrics,
    private readonly database: DataSource,
    private readonly transactions: Transactions,
    private readonly sockets: Sockets,
    private readonly runtime: AgentRuntime,
    private readonly ledger: SocketLedger,
  ) {
    this.guard = new NodeGuard(address.url, settings.agentGraceSeconds, log, () => this.unsettleAll());
    metrics.watch(
      'madoguchi_agents_unsettled',
      'Agents of whom the database does not know yet whether this node holds their sockets',
      () => this.unsettled.size,
    );
  }

  onModuleInit(): void {
    this.sockets.onJoined((socket) => this.joined(socket));
    this.runtime.onDeparture(() => this.look());
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.guard.open();
    this.timer = setInterval(() => this.look(), LOOK_MS);
  }

  /** The sockets were cut before; what that means is written down while the database can still be reached. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    let late: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => (late = setTimeout(resolve, GOODBYE_MS)));
    await Promise.race([Promise.all([this.settling, this.looking, ...this.telling.values()]), patience]);
    clearTimeout(late);
    this.closing = true;
    await this.guard.close();
  }

  has(agentId: string): boolean {
    return this.own.has(agentId);
  }

  /** Sockets of this person on this node. */
  socketsOf(agentId: string): Iterable<ConsoleSocket> {
    return this.own.of(agentId);
  }

  private joined(socket: ConsoleSocket): void {
    const { agentId } = socket.data.person;
    if (this.own.add(socket)) this.unsettle(agentId);
    socket.on('disconnect', () => {
      if (this.own.remove(socket)) this.unsettle(agentId);
    });
  }

  private unsettle(agentId: string): void {
    this.unsettled.add(agentId);
    this.settling ??= this.settle();
  }

  /** The guard has a new number, under which nothing is written down yet. */
  private unsettleAll(): void {
    for (const agentId of [...this.own.agents(), ...this.unsettled]) this.unsettle(agentId);
  }

  private async settle(): Promise<void> {
    // Whoever connects in this turn of the loop goes along.
    await Promise.resolve();
    try {
      while (this.unsettled.size > 0 && !this.closing) {
        const { node } = this.guard;
        if (node === null) return;
        const agentIds = [...this.unsettled].slice(0, BATCH);
        for (const agentId of agentIds) this.unsettled.delete(agentId);
        try {
          await this.transactions.run((tx) =>
            this.ledger.settle(tx, node, agentIds, () => this.own.sessionsOf(agentIds), 'lost'),
          );
        } catch (fault) {
          for (const agentId of agentIds) this.unsettled.add(agentId);
          this.log.warn({ err: fault }, 'who is connected to this node could not be written down; it is tried again');
          await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        }
      }
    } finally {
      // In the same turn as the last look at the set: whoever comes next begins anew.
      this.settling = null;
    }
  }

  private look(): void {
    this.lookAgain = true;
    this.looking ??= this.looks();
  }

  private async looks(): Promise<void> {
    await Promise.resolve();
    try {
      while (this.lookAgain && !this.closing) {
        this.lookAgain = false;
        try {
          await this.lookOnce();
        } catch (fault) {
          this.log.warn({ err: fault }, 'looking after the agents’ connections failed');
        }
      }
    } finally {
      this.looking = null;
    }
  }

  private async lookOnce(): Promise<void> {
    const found = await this.guard.look();
    if (found === null) return;
    for (const agentId of found.left) {
      if (this.telling.has(agentId)) continue;
      // Not waited for: a handler that takes its time must not keep this node from looking.
      const told = this.tellOffline(agentId).finally(() => this.telling.delete(agentId));
      this.telling.set(agentId, told);
    }
    if (found.graceOver) {
      await this.transactions.run((tx) => this.ledger.endGraces(tx));
      this.lookAgain = true;
    }
    await this.clearAfterDead(found.lockless);
  }

  private async clearAfterDead(lockless: number[]): Promise<void> {
    const dead = lockless.filter((node) => this.suspects.has(node));
    this.suspects = new Set(lockless);
    for (const node of dead) {
      await this.guard.once('node', node, async () => {
        for (;;) {
          const rows = await this.database.query<{ agent_id: string }[]>(
            'select distinct agent_id from agent_sockets where node = $1 order by agent_id limit $2',
            [node, BATCH],
          );
          if (rows.length === 0) break;
          const agentIds = rows.map(({ agent_id }) => agent_id);
          await this.transactions.run((tx) => this.ledger.settle(tx, node, agentIds, () => [], 'node_lost'));
        }
        this.log.warn({ node }, 'sockets of a node that died were cleared away');
      });
    }
  }

  private async tellOffline(agentId: string): Promise<void> {
    try {
      await this.guard.once('departure', Number(BigInt(agentId) % 2_147_483_647n), async () => {
        const [left] = await this.database.query<{ departure: Departure | null; departed_at: string }[]>(
          'select departure, departed_at::text from agent_runtime where agent_id = $1',
          [agentId],
        );
        if (left === undefined || left.departure === null) return;
        await this.runtime.tellOffline({ agentId, departure: left.departure });
        // Unless she came back and left once more meanwhile.
        await this.database.query(
          `update agent_runtime set departure = null, departed_at = null
           where agent_id = $1 and departed_at = $2::timestamptz`,
          [agentId, left.departed_at],
        );
      });
    } catch (fault) {
      this.log.warn({ err: fault, agentId }, 'not everybody could be told that an agent left; it is tried again');
    }
  }
}
