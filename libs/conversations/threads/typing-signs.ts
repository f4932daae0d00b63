import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Carrier, type InboundTyping } from '#libs/carrier/index.js';
import type { TypingEvent } from '#libs/contracts/index.js';
import { Sockets } from '#libs/platform/realtime/index.js';
import { Log } from '#libs/platform/telemetry/index.js';
import { addressKey, addressOf } from '../customers/address-key.js';
import { audience, conversationRoom } from '../conversation-access.js';
import { standingOfRow } from '../conversation-news.js';
import { selectThreadRows, type ThreadRow } from './thread-row.js';

/** A sign ends by itself: whoever stops without a word does not write for ever. */
const CUSTOMER_TTL_MS = 15_000;
const AGENT_TTL_MS = 8_000;
const BOT_TTL_MS = 10_000;
const SAID_AGAIN_MS = 2_000;

/** "Is writing", both ways. Fleeting: nothing is stored, and a lost sign harms nobody. */
@Injectable()
export class TypingSigns implements BeforeApplicationShutdown {
  private readonly signs = new Map<string, { end: NodeJS.Timeout; saidAt: number }>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly sockets: Sockets,
    private readonly carrier: Carrier,
    private readonly log: Log,
  ) {}

  beforeApplicationShutdown(): void {
    for (const { end } of this.signs.values()) clearTimeout(end);
    this.signs.clear();
  }

  async fromCustomer({ connectionId, accountId, address, active }: InboundTyping): Promise<void> {
    const person = addressKey(connectionId, address);
    const key = `customer ${accountId} ${person}`;
    if (active && this.renewed(key)) return;
    const [row] = await this.dataSource.query<ThreadRow[]>(
      `${selectThreadRows} where p.address = $1 and c.account_id = $2`,
      [person, accountId],
    );
    if (row) this.say(key, row, { kind: 'customer', id: null, name: null }, active, CUSTOMER_TTL_MS, () => undefined);
  }

  async fromAgent(
    agent: { id: string; name: string; mayReply: boolean },
    conversationId: string,
    active: boolean,
  ): Promise<void> {
    const key = `agent ${agent.id} ${conversationId}`;
    if (active && this.renewed(key)) return;
    const [row] = await this.dataSource.query<ThreadRow[]>(`${selectThreadRows} where c.id = $1`, [conversationId]);
    const serves = row?.assignee_id === agent.id;
    // Colleagues learn of whoever could answer next; the customer only of whoever serves her.
    if (!row || (!serves && (row.assignee_id !== null || !agent.mayReply))) return;
    this.say(key, row, { kind: 'agent', id: agent.id, name: agent.name }, active, AGENT_TTL_MS, (now) => {
      if (serves) this.tellCarrier(row, now);
    });
  }

  /** Ends with its answer, or by itself. Nobody is told twice within a moment. */
  async fromBot(bot: { id: string; name: string }, conversationId: string, active: boolean): Promise<void> {
    const key = `bot ${conversationId}`;
    if (active ? this.renewed(key) : !this.signs.has(key)) return;
    const [row] = await this.dataSource.query<ThreadRow[]>(`${selectThreadRows} where c.id = $1`, [conversationId]);
    // A person has it by now: whatever the customer sees of three dots is hers.
    if (!row || (active && row.bot_id !== bot.id)) return;
    this.say(key, row, { kind: 'bot', id: bot.id, name: bot.name }, active, BOT_TTL_MS, (now) => {
      if (row.assignee_id === null) this.tellCarrier(row, now);
    });
  }

  /** Said a moment ago: it only lasts longer, and nobody is asked or told again. */
  private renewed(key: string): boolean {
    const sign = this.signs.get(key);
    if (!sign || Date.now() - sign.saidAt > SAID_AGAIN_MS) return false;
    sign.end.refresh();
    return true;
  }

  private say(
    key: string,
    row: ThreadRow,
    by: TypingEvent['by'],
    active: boolean,
    ttlMs: number,
    alsoTell: (active: boolean) => void,
  ): void {
    const rooms = [conversationRoom(row.id), ...audience(standingOfRow(row))];
    const tell = (now: boolean): void => {
      this.sockets.fleeting(rooms).emit('typing', { conversationId: row.id, by, active: now, ttlMs });
      alsoTell(now);
    };
    clearTimeout(this.signs.get(key)?.end);
    this.signs.delete(key);
    tell(active);
    if (!active) return;
    const end = setTimeout(() => {
      this.signs.delete(key);
      tell(false);
    }, ttlMs);
    this.signs.set(key, { end, saidAt: Date.now() });
  }

  private tellCarrier(row: ThreadRow, active: boolean): void {
    if (row.connection_id === null) return;
    this.carrier.typing(row.connection_id, addressOf(row.address), active).catch((fault: unknown) => {
      this.log.debug({ err: fault }, 'the carrier did not take a typing sign');
    });
  }
}
