import { Injectable } from '@nestjs/common';
import type { DecisionPath } from '#libs/contracts/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import type { NamelessCandidate } from './rules/matching.js';

/** So many are kept with names; a queue of two thousand members would fill the disc with why not them. */
const KEPT = 50;

export interface NewOffer {
  contactId: string;
  conversationId: string;
  agentId: string;
  queueId: string | null;
  kind: 'queue' | 'transfer';
  fromAgentId: string | null;
  note: string | null;
  /** null: hers at once. */
  seconds: number | null;
}

export interface NewDecision {
  contactId: string;
  conversationId: string;
  path: DecisionPath;
  queueId: string | null;
  strategy: string | null;
  skillStep: number | null;
  waitedSeconds: number;
  agentId: string;
  byAgentId: string | null;
  override: boolean;
  candidates: readonly NamelessCandidate[];
}

export interface WrittenOffer {
  id: string;
  contact_id: string;
  deadline: Date;
}

/** Offers and the reasons for them: written together, in the transaction of what they are about. */
@Injectable()
export class DecisionBook {
  async write(tx: Tx, entries: readonly { decision: NewDecision; offer: NewOffer | null }[]): Promise<WrittenOffer[]> {
    if (entries.length === 0) return [];
    const rows = entries.map(({ decision, offer }) => ({
      contact_id: decision.contactId,
      conversation_id: decision.conversationId,
      path: decision.path,
      queue_id: decision.queueId,
      strategy: decision.strategy,
      skill_step: decision.skillStep,
      waited_seconds: Math.max(0, Math.round(decision.waitedSeconds)),
      agent_id: decision.agentId,
      by_agent_id: decision.byAgentId,
      override: decision.override,
      candidates: decision.candidates.slice(0, KEPT),
      more: Math.max(0, decision.candidates.length - KEPT),
      offered: offer !== null,
      kind: offer?.kind ?? null,
      from_agent_id: offer?.fromAgentId ?? null,
      note: offer?.note ?? null,
      seconds: offer?.seconds ?? 0,
      accepted: offer !== null && offer.seconds === null,
    }));
    return tx.prepared<WrittenOffer>('decisions.write', writeSql, [JSON.stringify(rows)]);
  }
}

const writeSql = `
  with r as (
    select * from jsonb_to_recordset($1::jsonb) as r(contact_id bigint, conversation_id bigint, path text, queue_id bigint,
      strategy text, skill_step smallint, waited_seconds int, agent_id bigint, by_agent_id bigint, override boolean,
      candidates jsonb, more int, offered boolean, kind text, from_agent_id bigint, note text, seconds float8, accepted boolean)
  ), moment as materialized (
    select date_trunc('milliseconds', clock_timestamp()) as at
  ), made as (
    insert into offers (contact_id, conversation_id, agent_id, queue_id, kind, from_agent_id, note, made_at, deadline, outcome,
      ended_at)
    select contact_id, conversation_id, agent_id, queue_id, kind, from_agent_id, note, at, at + seconds * interval '1 second',
      case when accepted then 'accepted' end, case when accepted then at end
    from r, moment where offered
    returning id, contact_id, deadline
  ), written as (
    insert into decisions (contact_id, conversation_id, path, queue_id, strategy, skill_step, waited_seconds, agent_id,
      by_agent_id, override, offer_id, candidates, more)
    select r.contact_id, r.conversation_id, r.path, r.queue_id, r.strategy, r.skill_step, r.waited_seconds, r.agent_id,
      r.by_agent_id, r.override, made.id, r.candidates, r.more
    from r left join made on made.contact_id = r.contact_id and r.offered
  )
  select id, contact_id, deadline from made`;
