import { Injectable } from '@nestjs/common';
import type { OfferOutcome } from '#libs/contracts/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import { Announcements } from '#libs/platform/realtime/index.js';

export interface OfferRow {
  id: string;
  contact_id: string;
  conversation_id: string;
  agent_id: string;
  queue_id: string | null;
  kind: 'queue' | 'transfer';
  from_agent_id: string | null;
  from_name: string | null;
  note: string | null;
  made_at: Date;
  deadline: Date;
  outcome: OfferOutcome | null;
}

/** What travels under the topic `offers`; without an outcome it was made. */
export interface OfferRef {
  id: string;
  agentId: string;
  conversationId: string;
  outcome?: OfferOutcome;
}

export const selectOffers = `
  select o.id, o.contact_id, o.conversation_id, o.agent_id, o.queue_id, o.kind, o.from_agent_id, f.name as from_name, o.note,
    o.made_at, o.deadline, o.outcome
  from offers o left join agents f on f.id = o.from_agent_id`;

/** Offers in the database, told to screens when the transaction commits. */
@Injectable()
export class OfferRows {
  constructor(private readonly announcements: Announcements) {}

  made(tx: Tx, ref: Omit<OfferRef, 'outcome'>): void {
    this.announcements.announce(tx, 'offers', ref satisfies OfferRef);
  }

  /** Ends what is open for the contact. Whoever says why does so before the contact moves on. */
  async end(
    tx: Tx,
    contactId: string,
    outcome: OfferOutcome,
    why: { reason?: string; note?: string } = {},
  ): Promise<OfferRow | undefined> {
    const [row] = await tx.prepared<OfferRow>(
      'offers.end',
      `update offers set outcome = $2, ended_at = clock_timestamp(), reason = $3, reason_note = $4
       where contact_id = $1 and outcome is null returning *`,
      [contactId, outcome, why.reason ?? null, why.note ?? null],
    );
    if (row) {
      const ref = { id: row.id, agentId: row.agent_id, conversationId: row.conversation_id, outcome };
      this.announcements.announce(tx, 'offers', ref satisfies OfferRef);
    }
    return row;
  }

  async open(tx: Tx, contactId: string): Promise<OfferRow | undefined> {
    const sql = `${selectOffers} where o.contact_id = $1 and o.outcome is null`;
    const [row] = await tx.prepared<OfferRow>('offers.open', sql, [contactId]);
    return row;
  }
}
