import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AgentRuntime } from '#libs/agents/index.js';
import { errorCodes, type ConversationRow, type DeclineBody, type OfferView } from '#libs/contracts/index.js';
import {
  ContactFlow,
  ContactLines,
  ContactWriter,
  selectThreadRows,
  ThreadWriter,
  toConversationRow,
  type Actor,
  type Numbers,
  type Thread,
  type ThreadRow,
} from '#libs/conversations/index.js';
import { Clock } from '#libs/platform/clock/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { conflict, notFound } from '#libs/platform/telemetry/index.js';
import { OfferRows, selectOffers, type OfferRow } from './offer-rows.js';
import { QueueStore } from './queue-store.js';

/** Contacts that are reserved for somebody until she answers, or does not. */
@Injectable()
export class Offers {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly runtime: AgentRuntime,
    private readonly threads: ThreadWriter,
    private readonly flow: ContactFlow,
    private readonly lines: ContactLines,
    private readonly writer: ContactWriter,
    private readonly offers: OfferRows,
    private readonly store: QueueStore,
    private readonly clock: Clock,
  ) {}

  /** What this agent is asked now: for a screen that was reloaded. */
  async openOf(agentId: string, numbers: Numbers = 'masked'): Promise<OfferView[]> {
    const rows = await this.dataSource.query<OfferRow[]>(
      `${selectOffers} where o.agent_id = $1 and o.outcome is null order by o.id`,
      [agentId],
    );
    return this.views(rows, numbers);
  }

  /** Those of them that are still open, with numbers whole: whoever tells somebody asks what she may see. */
  async byIds(ids: readonly string[]): Promise<(OfferView & { agentId: string })[]> {
    const rows = await this.dataSource.query<OfferRow[]>(
      `${selectOffers} where o.id = any($1::bigint[]) and o.outcome is null order by o.id`,
      [ids],
    );
    const views = await this.views(rows, 'whole');
    return views.map((view) => ({ ...view, agentId: rows.find(({ id }) => id === view.id)!.agent_id }));
  }

  /** @throws 409 `offer_ended` when it was answered, withdrawn or too late */
  accept(agent: Actor, id: string, numbers: Numbers = 'masked'): Promise<ConversationRow> {
    const work = async (tx: Tx, thread: Thread, offer: OfferRow): Promise<void> => {
      const giver = thread.assignee_id;
      await this.runtime.lock(tx, giver === null ? [agent.agentId] : [agent.agentId, giver]);
      const by = giver === null ? null : { agentId: giver, name: thread.assignee_name ?? '' };
      await this.offers.end(tx, offer.contact_id, 'accepted');
      await this.flow.accept(tx, thread, agent, by);
    };
    return this.answer(agent, id, work, numbers);
  }

  /** The customer keeps her place, and somebody else is asked. */
  async decline(agent: Actor, id: string, { reason, note }: DeclineBody): Promise<void> {
    await this.answer(agent, id, async (tx, thread, offer) => {
      await this.offers.end(tx, offer.contact_id, 'declined', { reason, ...(note === undefined ? {} : { note }) });
      await this.putBack(tx, thread, 'declined', agent);
    });
  }

  /** Its deadline has passed: she does not respond, the next one is asked. Nothing happens when it was answered meanwhile. */
  async expire(conversationId: string, contactId: string): Promise<void> {
    await this.over(conversationId, contactId, 'expired', async (tx, offer) => {
      const [late] = await tx.query<{ late: boolean }>('select $1::timestamptz <= clock_timestamp() as late', [
        offer.deadline,
      ]);
      return late!.late;
    });
  }

  /** She cannot answer any longer. */
  async withdraw(conversationId: string, contactId: string, agentId: string): Promise<void> {
    await this.over(conversationId, contactId, 'withdrawn', async (_, offer) => offer.agent_id === agentId);
  }

  private async over(
    conversationId: string,
    contactId: string,
    outcome: 'expired' | 'withdrawn',
    applies: (tx: Tx, offer: OfferRow) => Promise<boolean>,
  ): Promise<void> {
    await this.transactions.run(async (tx) => {
      const thread = await this.threads.lock(tx, conversationId);
      const offer = await this.offers.open(tx, contactId);
      if (!offer || thread.contact_id !== contactId || !(await applies(tx, offer))) return;
      await this.offers.end(tx, contactId, outcome);
      if (outcome === 'expired') await this.runtime.markNotResponding(tx, offer.agent_id);
      await this.putBack(tx, thread, outcome, { agentId: offer.agent_id, name: '' });
      await this.threads.save(tx, [thread]);
    });
  }

  /** Nobody took it: a transfer stays with its giver, everything else waits on at its old place. */
  private async putBack(
    tx: Tx,
    thread: Thread,
    cause: 'declined' | 'expired' | 'withdrawn',
    agent: Actor,
  ): Promise<void> {
    if (thread.assignee_id !== null) {
      const names = await tx.query<{ name: string }>('select name from agents where id = $1', [agent.agentId]);
      await this.writer.move(tx, [
        {
          thread,
          to: thread.contact_state ?? 'active',
          cause: `transfer_${cause}`,
          by: null,
          patch: { offered_to: null, due_at: null },
        },
      ]);
      await this.lines.write(tx, thread, null, 'contact.transferDeclined', { agentName: names[0]?.name ?? agent.name });
      return;
    }
    const [contact] = await tx.query<{ declined_by: string[] }>('select declined_by from contacts where id = $1', [
      thread.contact_id,
    ]);
    const declinedBy = cause === 'declined' ? [...(contact?.declined_by ?? []), agent.agentId] : contact?.declined_by;
    await this.flow.enqueue(tx, thread, null, cause, {
      declined_by: [...new Set(declinedBy ?? [])],
      ...(cause === 'declined' ? { declined_at: this.clock.date() } : {}),
    });
  }

  private async answer(
    agent: Actor,
    id: string,
    work: (tx: Tx, thread: Thread, offer: OfferRow) => Promise<void>,
    numbers: Numbers = 'masked',
  ): Promise<ConversationRow> {
    const [asked] = await this.dataSource.query<OfferRow[]>(`${selectOffers} where o.id = $1 and o.agent_id = $2`, [
      id,
      agent.agentId,
    ]);
    if (!asked) throw notFound('The offer');
    await this.store.current();
    return this.transactions.run(async (tx) => {
      const thread = await this.threads.lock(tx, asked.conversation_id);
      const offer = await this.offers.open(tx, asked.contact_id);
      if (offer?.id !== id) throw conflict(errorCodes.offerEnded, 'The offer has ended.');
      await work(tx, thread, offer);
      await this.threads.save(tx, [thread]);
      return toConversationRow(thread, numbers);
    });
  }

  private async views(rows: readonly OfferRow[], numbers: Numbers): Promise<OfferView[]> {
    if (rows.length === 0) return [];
    const threads = await this.dataSource.query<ThreadRow[]>(`${selectThreadRows} where c.id = any($1::bigint[])`, [
      rows.map(({ conversation_id }) => conversation_id),
    ]);
    const byId = new Map(threads.map((thread) => [thread.id, thread]));
    return rows.map((row) => ({
      id: row.id,
      contactId: row.contact_id,
      conversationId: row.conversation_id,
      queueId: row.queue_id,
      kind: row.kind,
      from: row.from_agent_id === null ? null : { id: row.from_agent_id, name: row.from_name ?? '' },
      note: row.note,
      conversation: toConversationRow(byId.get(row.conversation_id)!, numbers),
      madeAt: row.made_at.toISOString(),
      deadline: row.deadline.toISOString(),
    }));
  }
}
