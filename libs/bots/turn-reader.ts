import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  botLimits,
  maskedContent,
  type BotCustomer,
  type BotLine,
  type BotTurn,
  type BotWords,
  type MessageContent,
} from '#libs/contracts/index.js';
import type { Thread } from '#libs/conversations/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import { languageOf, lineOf, wordsOf } from './thread-words.js';

interface SaidRow {
  seq: number;
  content: MessageContent;
}

interface LineRow extends SaidRow {
  author_kind: BotLine['from'];
  at: Date;
}

/** More than this at once is cut from its beginning: nobody answers a hundred messages one by one. */
const SAID = 50;
/** So far back a thread is looked through for them. */
const PLACES = 200;

/** What a bot is told: what was said, what stood before it, who says it. Card numbers are covered, as for everybody. */
@Injectable()
export class TurnReader {
  constructor(private readonly dataSource: DataSource) {}

  /** Of this contact behind a place, oldest first; of one that came back to a bot also what was waiting then. */
  async said(tx: Tx, thread: Thread, behind: number): Promise<BotWords[]> {
    const rows = await tx.prepared<SaidRow>(
      'bots.said',
      `select seq, content from (
         select seq, content from messages
         where conversation_id = $1 and seq > $2 and author_kind = 'customer' and kind = 'message'
           and (contact_id = $3 or coalesce(received_at, created_at) >= $4)
         order by seq desc limit ${SAID}) newest
       order by seq`,
      [thread.id, Math.max(behind, thread.last_seq - PLACES), thread.contact_id, thread.waiting_since],
    );
    return rows.map(covered);
  }

  /** For an agent who has it: what the customer said last, answered or not. */
  async lastSaid(conversationId: string): Promise<BotWords[]> {
    const rows = await this.dataSource.query<SaidRow[]>(
      `with ours as (
         select coalesce(max(seq), 0) as seq from messages where conversation_id = $1 and kind = 'message'
           and author_kind in ('agent', 'bot') and delivery is distinct from 'cancelled'
           and seq < (select max(seq) from messages where conversation_id = $1 and author_kind = 'customer')
       )
       select seq, content from (
         select m.seq, m.content from messages m, ours where m.conversation_id = $1 and m.seq > ours.seq
           and m.author_kind = 'customer' order by m.seq desc limit ${SAID}) newest
       order by seq`,
      [conversationId],
    );
    return rows.map(covered);
  }

  /** Everything else of a turn: read after the commit that began it, outside of any transaction. */
  async rest(
    conversationId: string,
    botId: string,
    contactId: string | null,
    said: readonly BotWords[],
  ): Promise<Pick<BotTurn, 'account' | 'customer' | 'thread' | 'state' | 'language'>> {
    const [[head], lines] = await Promise.all([
      this.dataSource.query<
        {
          account_id: string;
          account_name: string;
          id: string;
          name: string | null;
          attributes: BotCustomer['attributes'];
          state: unknown;
        }[]
      >(
        `select a.id as account_id, a.name as account_name, p.id, p.name,
           coalesce((select json_object_agg(f.key, v.value) from customer_values v join customer_fields f on f.id = v.field_id
             where v.customer_id = p.id and f.account_id = a.id and f.active), '{}') as attributes,
           (select state from bot_memories where contact_id = $2 and bot_id = $3) as state
         from conversations c join accounts a on a.id = c.account_id join customers p on p.id = c.customer_id
         where c.id = $1`,
        [conversationId, contactId, botId],
      ),
      this.dataSource.query<LineRow[]>(
        `select seq, content, author_kind, at from (
           select seq, content, author_kind, coalesce(channel_sent_at, created_at) as at from messages
           where conversation_id = $1 and seq < $2 and kind = 'message' and author_kind in ('customer', 'bot', 'agent')
             and delivery is distinct from 'cancelled'
           order by seq desc limit ${botLimits.threadLines}) newest
         order by seq`,
        [conversationId, said[0]!.seq],
      ),
    ]);
    const thread = lines.map(({ seq, content, author_kind, at }) =>
      lineOf({ seq, from: author_kind, content: maskedContent(content) ?? content, at }),
    );
    return {
      account: { id: head!.account_id, name: head!.account_name },
      customer: { id: head!.id, name: head!.name, attributes: head!.attributes },
      thread,
      state: head!.state,
      language: languageOf(said, thread),
    };
  }
}

function covered({ seq, content }: SaidRow): BotWords {
  return wordsOf(seq, maskedContent(content) ?? content);
}
