import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { BotContainment, BotTurnPage, BotTurnView } from '#libs/contracts/index.js';

interface Row {
  id: string;
  bot_id: string;
  conversation_id: string;
  contact_id: string;
  number: number;
  from_seq: number;
  to_seq: number;
  outcome: BotTurnView['outcome'];
  fault: string | null;
  remarks: Record<string, unknown> | null;
  started_at: Date;
  took_ms: number | null;
}

/** What bots did, for whoever looks after them: turn by turn, and how many customers needed nobody. */
@Injectable()
export class TurnPages {
  constructor(private readonly dataSource: DataSource) {}

  async page(accountIds: readonly string[], botId: string, before: string | null, limit: number): Promise<BotTurnPage> {
    const rows = await this.dataSource.query<Row[]>(
      `select id, bot_id, conversation_id, contact_id, number, from_seq, to_seq, outcome, fault, remarks, started_at, took_ms
       from bot_turns where bot_id = $1 and account_id = any($2::bigint[]) and ($3::bigint is null or id < $3)
       order by id desc limit $4`,
      [botId, accountIds, before, limit + 1],
    );
    const shown = rows.slice(0, limit);
    return { turns: shown.map(toView), next: rows.length > limit ? shown.at(-1)!.id : null };
  }

  /**
   * Of the contacts that a bot had first and that began in this time. Contained: over, and nobody but bots ever had it; a
   * contact that is still with its bot is neither.
   */
  async containment(accountIds: readonly string[], from: Date, to: Date): Promise<BotContainment> {
    const [row] = await this.dataSource.query<Omit<BotContainment, 'from' | 'to'>[]>(
      `select count(*)::int as contacts,
         count(*) filter (where t.closed_at is not null and not people.had)::int as contained,
         count(*) filter (where exists (select from contact_handoffs h where h.contact_id = t.id))::int as "handedOff",
         count(*) filter (where people.had
           and not exists (select from contact_handoffs h where h.contact_id = t.id))::int as "takenOver"
       from segments s join contacts t on t.id = s.contact_id,
         lateral (select exists (select from segments o where o.contact_id = t.id and o.owner_type <> 'bot') as had) people
       where s.owner_type = 'bot' and s.started_at >= $2 and s.started_at < $3 and t.account_id = any($1::bigint[])
         and not exists (select from segments e where e.contact_id = t.id and e.id < s.id)`,
      [accountIds, from, to],
    );
    return { from: from.toISOString(), to: to.toISOString(), ...row! };
  }
}

function toView(row: Row): BotTurnView {
  return {
    id: row.id,
    botId: row.bot_id,
    conversationId: row.conversation_id,
    contactId: row.contact_id,
    number: row.number,
    fromSeq: row.from_seq,
    toSeq: row.to_seq,
    outcome: row.outcome,
    fault: row.fault,
    remarks: row.remarks,
    startedAt: row.started_at.toISOString(),
    tookMs: row.took_ms,
  };
}
