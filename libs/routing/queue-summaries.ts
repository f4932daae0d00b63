import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { QueueSummary } from '#libs/contracts/index.js';
import { Clock } from '#libs/platform/clock/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import { CustomerTexts } from './customer-texts.js';
import { QueueStore } from './queue-store.js';
import { closesAt, isOpen, opensAt } from './rules/business-hours.js';
import { freeSlots, isThere } from './rules/seat.js';
import { SeatReader } from './seat-reader.js';

/** Queues with what waits in them now. */
@Injectable()
export class QueueSummaries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly store: QueueStore,
    private readonly seats: SeatReader,
    private readonly texts: CustomerTexts,
    private readonly clock: Clock,
  ) {}

  /** @param ids left out: all of them */
  async of(ids?: readonly string[]): Promise<QueueSummary[]> {
    const book = await this.store.current();
    const queues = [...book.all].filter(({ id }) => ids?.includes(id) ?? true);
    if (queues.length === 0) return [];
    const queueIds = queues.map(({ id }) => id);
    const counts = await this.dataSource.query<{ queue_id: string; waiting: number; longest: Date | null }[]>(
      `select queue_id, count(*)::int as waiting, min(enqueued_at) as longest from contacts
       where queue_id = any($1::bigint[]) and state in ('queued', 'offered') group by queue_id`,
      [queueIds],
    );
    const seats = await this.transactions.run((tx) => this.seats.read(book.membersOf(queueIds), tx));
    const now = this.clock.now();
    return Promise.all(
      queues.map(async (queue) => {
        const count = counts.find(({ queue_id }) => queue_id === queue.id);
        const isOpenNow = isOpen(queue.hours, now);
        const changesAt = isOpenNow ? closesAt(queue.hours, now) : opensAt(queue.hours, now);
        const there = seats.filter((seat) => isThere(seat) && book.membership(queue.id, seat.agentId));
        return {
          id: queue.id,
          name: queue.name,
          active: queue.active,
          version: queue.version,
          accountIds: queue.accountIds,
          open: queue.active && isOpenNow,
          changesAt: changesAt === null ? null : new Date(changesAt).toISOString(),
          waiting: count?.waiting ?? 0,
          longestSince: count?.longest?.toISOString() ?? null,
          members: queue.members.length,
          ready: there.length,
          freeSlots: there.reduce((sum, seat) => sum + freeSlots(seat), 0),
          expectedWait: await this.texts.waitOf(queue.id, (count?.waiting ?? 0) + 1),
          dispositions: queue.dispositions,
          dispositionRequired: queue.dispositionRequired,
          confirmSend: queue.confirmSend,
        };
      }),
    );
  }
}
