import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Carrier, type InboundTyping } from '#libs/carrier/index.js';
import type { TypingEvent } from '#libs/contracts/index.js';
import { Sockets } from '#libs/platform/realtime/index.js';
import { Log } from '#libs/platform/telemetry/index.js';
import { addressKey, addressOf } from './address-key.js';
import { audience, conversationRoom } from './conversation-access.js';
import { standingOfRow } from './conversation-news.js';
import { selectThreadRows, type ThreadRow } from './thread-row.js';

/** A sign ends by itself: whoever stops without a word does not write for ever. */
const CUSTOMER_TTL_MS = 15_000;
const AGENT_TTL_MS = 8_000;

/** "Is writing", both ways. Fleeting: nothing is stored, and a lost sign harms nobody. */
@Injectable()
export class TypingSigns implements BeforeApplicationShutdown {
  private readonly ends = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly sockets: Sockets,
    private readonly carrier: Carrier,
    private readonly log: Log,
  ) {}

  beforeApplicationShutdown(): void {
    for (const end of this.ends.values()) clearTimeout(end);
    this.ends.clear();
  }

  async fromCustomer(event: InboundTyping): Promise<void> {
    const [row] = await this.dataSource.query<ThreadRow[]>(
      `${selectThreadRows} where p.address = $1 and c.account_id = $2`,
      [addressKey(event.connectionId, event.address), event.accountId],
    );
    if (!row) return;
    const by: TypingEvent['by'] = { kind: 'customer', id: null, name: null };
    this.say(row, by, event.active, CUSTOMER_TTL_MS);
  }

  async fromAgent(agent: { id: string; name: string }, conversationId: string, active: boolean): Promise<void> {
    const [row] = await this.dataSource.query<ThreadRow[]>(`${selectThreadRows} where c.id = $1`, [conversationId]);
    // Only whoever may answer is shown to the customer; a supervisor who looks on is not.
    if (!row || row.assignee_id !== agent.id) return;
    this.say(row, { kind: 'agent', id: agent.id, name: agent.name }, active, AGENT_TTL_MS, () =>
      this.tellCarrier(row, false),
    );
    this.tellCarrier(row, active);
  }

  private say(row: ThreadRow, by: TypingEvent['by'], active: boolean, ttlMs: number, onEnd?: () => void): void {
    const key = `${row.id} ${by.kind} ${by.id ?? ''}`;
    const running = this.ends.get(key);
    if (running) clearTimeout(running);
    this.ends.delete(key);
    const rooms = [conversationRoom(row.id), ...audience(standingOfRow(row))];
    this.sockets.fleeting(rooms).emit('typing', { conversationId: row.id, by, active, ttlMs });
    if (!active) return;
    const end = setTimeout(() => {
      this.ends.delete(key);
      this.sockets.fleeting(rooms).emit('typing', { conversationId: row.id, by, active: false, ttlMs });
      onEnd?.();
    }, ttlMs);
    this.ends.set(key, end);
  }

  private tellCarrier(row: ThreadRow, active: boolean): void {
    if (row.connection_id === null) return;
    this.carrier.typing(row.connection_id, addressOf(row.address), active).catch((fault: unknown) => {
      this.log.debug({ err: fault }, 'the carrier did not take a typing sign');
    });
  }
}
