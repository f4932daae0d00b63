import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Agents } from '#libs/agents/index.js';
import type { DecisionView } from '#libs/contracts/index.js';
import { Conversations, type Author } from '#libs/conversations/index.js';
import type { NamelessCandidate } from './rules/matching.js';

interface Row {
  id: string;
  contact_id: string;
  at: Date;
  path: DecisionView['path'];
  queue_id: string | null;
  strategy: DecisionView['strategy'];
  skill_step: number | null;
  waited_seconds: number;
  agent_id: string;
  by_agent_id: string | null;
  override: boolean;
  offer_id: string | null;
  outcome: DecisionView['outcome'];
  candidates: NamelessCandidate[];
  more: number;
}

const SHOWN = 50;

/** 割当の理由: why her, why not him, for whoever may see the conversation. */
@Injectable()
export class Decisions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly conversations: Conversations,
    private readonly agents: Agents,
  ) {}

  /** Newest first. */
  async of(author: Author, conversationId: string): Promise<DecisionView[]> {
    await this.conversations.read(author, conversationId);
    const rows = await this.dataSource.query<Row[]>(
      `select d.*, o.outcome from decisions d left join offers o on o.id = d.offer_id
       where d.conversation_id = $1 order by d.id desc limit ${SHOWN}`,
      [conversationId],
    );
    const ids = rows.flatMap((row) => [
      row.agent_id,
      ...(row.by_agent_id === null ? [] : [row.by_agent_id]),
      ...row.candidates.map(({ agentId }) => agentId),
    ]);
    const names = await this.agents.names([...new Set(ids)]);
    const person = (id: string): { id: string; name: string } => ({ id, name: names.get(id) ?? '' });
    return rows.map((row) => ({
      id: row.id,
      contactId: row.contact_id,
      at: row.at.toISOString(),
      path: row.path,
      queueId: row.queue_id,
      strategy: row.strategy,
      skillStep: row.skill_step,
      waitedSeconds: row.waited_seconds,
      chosen: person(row.agent_id),
      by: row.by_agent_id === null ? null : person(row.by_agent_id),
      override: row.override,
      offerId: row.offer_id,
      outcome: row.outcome,
      candidates: row.candidates.map(({ agentId, ...rest }) => ({ agent: person(agentId), ...rest })),
      more: row.more,
    }));
  }
}
