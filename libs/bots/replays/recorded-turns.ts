import {
  botLimits,
  maskedContent,
  type BotLine,
  type BotTurn,
  type BotWords,
  type MessageContent,
} from '#libs/contracts/index.js';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { languageOf, lineOf, wordsOf } from '../thread-words.js';

/** What a customer said without anybody answering in between, and the thread before it. */
export type RecordedTurn = Pick<
  BotTurn,
  'account' | 'conversationId' | 'contactId' | 'number' | 'language' | 'customer' | 'said' | 'thread'
> & { toSeq: number; at: string };

interface Row {
  seq: number;
  author: BotLine['from'];
  content: MessageContent;
  contact_id: string | null;
  created_at: Date;
}

interface Head {
  conversation_id: string;
  account_id: string;
  account_name: string;
  customer_id: string;
  customer_name: string | null;
  attributes: Record<string, string>;
}

/** Reads recorded contacts as turns that a bot could have been asked. Reads only. */
@Injectable()
export class RecordedTurns {
  constructor(private readonly database: DataSource) {}

  /** The latest contacts of an account in which a customer wrote; newest first. */
  async contacts(accountId: string, since: Date, until: Date, most: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }[]>(
      `select c.id from contacts c
       where c.account_id = $1 and c.created_at >= $2 and c.created_at < $3
         and exists (select from messages m where m.conversation_id = c.conversation_id and m.contact_id = c.id
           and m.author_kind = 'customer')
       order by c.created_at desc, c.id desc limit $4`,
      [accountId, since, until, most],
    );
    return rows.map(({ id }) => id);
  }

  async ofContact(contactId: string): Promise<RecordedTurn[]> {
    const [head] = await this.database.query<Head[]>(
      `select v.id as conversation_id, a.id as account_id, a.name as account_name, p.id as customer_id, p.name as customer_name,
         coalesce((select json_object_agg(f.key, x.value) from customer_values x join customer_fields f on f.id = x.field_id
           where x.customer_id = p.id and f.account_id = a.id), '{}') as attributes
       from contacts c join conversations v on v.id = c.conversation_id join accounts a on a.id = v.account_id
         join customers p on p.id = v.customer_id
       where c.id = $1`,
      [contactId],
    );
    if (!head) return [];
    return turnsOf(head, contactId, await this.lines(head.conversation_id, contactId));
  }

  /** The contact's own lines and those before it that a bot may be told of. */
  private lines(conversationId: string, contactId: string): Promise<Row[]> {
    return this.database.query<Row[]>(
      `with own as (select min(seq) as first, max(seq) as last from messages where conversation_id = $1 and contact_id = $2)
       select m.seq, m.author_kind as author, m.content, m.contact_id, m.created_at from own, messages m
       where m.conversation_id = $1 and m.kind = 'message' and m.author_kind in ('customer', 'agent', 'bot')
         and m.seq between own.first - 200 and own.last
       order by m.seq limit 2000`,
      [conversationId, contactId],
    );
  }
}

function turnsOf(head: Head, contactId: string, rows: Row[]): RecordedTurn[] {
  const turns: RecordedTurn[] = [];
  const before: BotLine[] = [];
  let said: { words: BotWords; line: BotLine }[] = [];
  const close = (): void => {
    const last = said.at(-1);
    if (!last || turns.length >= botLimits.turns) return;
    turns.push({
      account: { id: head.account_id, name: head.account_name },
      conversationId: head.conversation_id,
      contactId,
      number: turns.length + 1,
      language: languageOf(
        said.map(({ words }) => words),
        before,
      ),
      customer: { id: head.customer_id, name: head.customer_name, attributes: head.attributes },
      said: said.map(({ words }) => words),
      thread: before.slice(-botLimits.threadLines),
      toSeq: last.line.seq,
      at: last.line.at,
    });
    before.push(...said.map(({ line }) => line));
    said = [];
  };
  for (const row of rows) {
    // Covered, as for everybody.
    const content = maskedContent(row.content) ?? row.content;
    const line = lineOf({ seq: row.seq, from: row.author, content, at: row.created_at });
    if (row.author === 'customer' && row.contact_id === contactId) {
      said.push({ words: wordsOf(row.seq, content), line });
      continue;
    }
    close();
    before.push(line);
  }
  close();
  return turns;
}
