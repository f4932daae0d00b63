import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { faqLimits, maskCardNumbers, type FaqLanguage, type FaqUnanswered } from '#libs/contracts/index.js';
import type { Author } from '#libs/conversations/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import { Jobs } from '#libs/platform/jobs/index.js';
import { Log } from '#libs/platform/telemetry/index.js';
import { groupAlike } from './matching/grouping.js';

/** What the bot was asked in one turn, and what it made of it. */
export interface Asked {
  turnId: string;
  accountId: string;
  conversationId: string;
  contactId: string;
  seq: number;
  language: FaqLanguage;
  question: string;
  verdict: 'answer' | 'ask' | 'unsure';
  /** What was said, or what was nearest. */
  entryId: string | null;
  /** What was offered when it was asked back. */
  offered: readonly string[];
}

interface OpenRow {
  id: string;
  account_id: string;
  conversation_id: string;
  language: FaqLanguage;
  question: string;
  verdict: 'ask' | 'unsure';
  entry_id: string | null;
  title: string | null;
  reply: string | null;
  at: Date;
}

/** Customers' words are kept no longer than they are of use. */
const KEPT_DAYS = 90;
/** The newest of them; older ones come into sight as these are settled. */
const LISTED = 500;
const ALSO = 4;

/** What customers asked the bot: counted for its entries, and listed where it had no answer. */
@Injectable()
export class FaqQuestions implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly jobs: Jobs,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    // At night in Tokyo.
    this.jobs.at('25 18 * * *', 'faq.retention', async () => {
      const [, dropped] = await this.dataSource.query<[unknown[], number]>(
        `delete from faq_questions where at < now() - $1 * interval '1 day'`,
        [KEPT_DAYS],
      );
      this.log.info({ dropped }, 'dropped old questions of the FAQ');
    });
  }

  /** Once for a turn, however often that is tried. */
  async asked(asked: Asked): Promise<void> {
    const { turnId, accountId, conversationId, contactId, seq, language, verdict, entryId, offered } = asked;
    const question = maskCardNumbers(asked.question).slice(0, faqLimits.question);
    await this.dataSource.query(
      `with asked as (
         insert into faq_questions (turn_id, account_id, conversation_id, contact_id, seq, language, question, verdict, entry_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (turn_id) do nothing returning id
       )
       update faq_entries e set answered = answered + ($8 = 'answer' and e.id = $9)::int,
         offered = offered + (e.id = any($10::bigint[]))::int
       where exists (select from asked) and e.id = any($10::bigint[] || case when $8 = 'answer' then $9::bigint end)`,
      [turnId, accountId, conversationId, contactId, seq, language, question, verdict, entryId, offered],
    );
  }

  /** The customer chose one of those that were asked back: what she asked is answered. */
  async chosen(accountId: string, contactId: string, entryId: string): Promise<void> {
    await this.dataSource.query(
      `with settled as (
         update faq_questions set settled_at = now(), entry_id = $3
         where id = (select max(id) from faq_questions where account_id = $1 and contact_id = $2 and settled_at is null
                       and verdict = 'ask') and settled_at is null
         returning id
       )
       update faq_entries set chosen = chosen + 1 where id = $3 and exists (select from settled)`,
      [accountId, contactId, entryId],
    );
  }

  /** Of the accounts of whoever asks, if she sees more than what is her own; those of one sense together, the newest first. */
  async unanswered({ accountIds, visibility }: Author): Promise<FaqUnanswered[]> {
    if (visibility === 'own') return [];
    const rows = await this.dataSource.query<OpenRow[]>(
      `select q.id, q.account_id, q.conversation_id, q.language, q.question, q.verdict, e.id as entry_id,
         e.phrasings[1] as title, r.text as reply, q.at
       from (
         select * from faq_questions where account_id = any($1::bigint[]) and settled_at is null and verdict <> 'answer'
         order by id desc limit ${LISTED}
       ) q
       left join faq_entries e on e.id = q.entry_id and e.deleted_at is null
       left join lateral (
         select m.content ->> 'text' as text from messages m
         where m.conversation_id = q.conversation_id and m.seq > q.seq and m.seq <= q.seq + 40 and m.kind = 'message'
           and m.author_kind = 'agent' and m.contact_id = q.contact_id and m.content ->> 'type' = 'text'
         order by m.seq limit 1
       ) r on true
       order by q.id desc`,
      [accountIds],
    );
    const pools = new Map<string, OpenRow[]>();
    for (const row of rows) {
      const key = `${row.account_id} ${row.language}`;
      pools.set(key, [...(pools.get(key) ?? []), row]);
    }
    const groups: OpenRow[][] = [];
    for (const own of pools.values()) {
      const alike = await groupAlike(own.map(({ question }) => question));
      groups.push(...alike.map((places) => places.map((at) => own[at]!)));
    }
    return groups.map(toUnanswered).sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : Number(b.id) - Number(a.id)));
  }

  async settle({ accountIds }: Author, ids: readonly string[], tx: Pick<Tx, 'query'> = this.dataSource): Promise<void> {
    await tx.query(
      `update faq_questions set settled_at = now()
       where id = any($1::bigint[]) and account_id = any($2::bigint[]) and settled_at is null`,
      [ids, accountIds],
    );
  }

  /** An entry that answers it answers whatever was asked in the same sense. */
  async alike(author: Author, id: string): Promise<string[]> {
    return (await this.unanswered(author)).find(({ ids }) => ids.includes(id))?.ids ?? [id];
  }
}

function toUnanswered(rows: readonly OpenRow[]): FaqUnanswered {
  const [newest] = rows as [OpenRow, ...OpenRow[]];
  const others = new Set(rows.map(({ question }) => question));
  others.delete(newest.question);
  const { entry_id, title } = newest;
  const reply = rows.find((row) => row.reply !== null)?.reply ?? null;
  return {
    id: newest.id,
    ids: rows.map(({ id }) => id),
    question: newest.question,
    also: [...others].slice(0, ALSO),
    count: rows.length,
    accountId: newest.account_id,
    language: newest.language,
    verdict: newest.verdict,
    nearest: entry_id !== null && title !== null ? { entryId: entry_id, title } : null,
    reply: reply === null ? null : maskCardNumbers(reply),
    conversationId: newest.conversation_id,
    at: newest.at.toISOString(),
  };
}
