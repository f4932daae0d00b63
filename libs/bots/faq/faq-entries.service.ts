import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  errorCodes,
  faqLimits,
  type CreateFaqBody,
  type EditFaqBody,
  type FaqBook,
  type FaqEntry,
  type FaqRewordings,
  type TextContent,
} from '#libs/contracts/index.js';
import type { Author } from '#libs/conversations/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { conflict, forbidden, invalid, notFound } from '#libs/platform/telemetry/index.js';
import { FaqKnowledge } from './faq-knowledge.js';
import { FaqQuestions } from './faq-questions.js';
import { faqColumnsSql, toFaqEntry, type FaqRow } from './faq-row.js';
import { faqFaults, tidyFaq, type FaqWords } from './faq-rules.js';

const KEPT_DAYS = 30;

/** What the FAQ bot knows. Whoever may only propose writes drafts, and keeps them until somebody confirms them. */
@Injectable()
export class FaqEntries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly knowledge: FaqKnowledge,
    private readonly questions: FaqQuestions,
  ) {}

  async book({ accountIds, permissions }: Author): Promise<FaqBook> {
    const [rows, rewordings] = await Promise.all([
      this.dataSource.query<FaqRow[]>(
        `select ${faqColumnsSql} from faq_entries e
         where e.account_id = any($1::bigint[]) and e.deleted_at is null order by e.category, e.id`,
        [accountIds],
      ),
      this.dataSource.query<{ account_id: string; groups: string[][] }[]>(
        'select account_id, groups from faq_rewordings where account_id = any($1::bigint[]) order by account_id',
        [accountIds],
      ),
    ]);
    return {
      entries: rows.map(toFaqEntry),
      rewordings: rewordings.map(({ account_id, groups }) => ({ accountId: account_id, groups })),
      mayEdit: permissions.has('bot.manage'),
    };
  }

  async create(author: Author, body: CreateFaqBody): Promise<FaqEntry> {
    ownAccount(author, body.accountId);
    const state = body.state ?? 'on';
    const words = checked({
      category: body.category ?? '',
      language: body.language ?? 'ja',
      phrasings: body.phrasings,
      content: contentOf(body.content),
      state: author.permissions.has('bot.manage') ? state : 'proposed',
      validFrom: timeOf(body.validFrom),
      validUntil: timeOf(body.validUntil),
    });
    const confirms = body.questionId !== undefined && author.permissions.has('bot.manage');
    const answers = confirms ? await this.questions.alike(author, body.questionId!) : [];
    return this.transactions.run(async (tx) => {
      await this.room(tx, body.accountId, 1);
      const [row] = await tx.query<FaqRow>(
        `insert into faq_entries as e (account_id, category, language, phrasings, content, state, valid_from, valid_until,
           proposed_by, updated_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) returning ${faqColumnsSql}`,
        [body.accountId, ...columnsOf(words), author.agentId],
      );
      if (answers.length > 0) await this.questions.settle(author, answers, tx);
      this.knowledge.changed(tx, body.accountId);
      return toFaqEntry(row!);
    });
  }

  async edit(author: Author, id: string, body: EditFaqBody): Promise<FaqEntry> {
    return this.transactions.run(async (tx) => {
      const before = await this.locked(tx, author, id, false);
      if (body.version !== undefined && body.version !== before.version)
        throw conflict(errorCodes.conflict, 'Somebody else has changed the entry meanwhile.');
      const words = checked({
        category: body.category ?? before.category,
        language: body.language ?? before.language,
        phrasings: body.phrasings ?? before.phrasings,
        content: body.content ? contentOf(body.content) : before.content,
        state: author.permissions.has('bot.manage') ? (body.state ?? before.state) : 'proposed',
        validFrom: body.validFrom === undefined ? before.valid_from : timeOf(body.validFrom),
        validUntil: body.validUntil === undefined ? before.valid_until : timeOf(body.validUntil),
      });
      const [row] = await tx.query<FaqRow>(
        `update faq_entries e set category = $2, language = $3, phrasings = $4, content = $5, state = $6, valid_from = $7,
           valid_until = $8, updated_by = $9, version = version + 1, updated_at = now()
         where id = $1 returning ${faqColumnsSql}`,
        [id, ...columnsOf(words), author.agentId],
      );
      this.knowledge.changed(tx, before.account_id);
      return toFaqEntry(row!);
    });
  }

  /** It can be put back for a while. */
  async remove(author: Author, id: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const { account_id } = await this.locked(tx, author, id, false);
      await tx.query('update faq_entries set deleted_at = now() where id = $1', [id]);
      await tx.query(`delete from faq_entries where deleted_at < now() - $1 * interval '1 day'`, [KEPT_DAYS]);
      this.knowledge.changed(tx, account_id);
    });
  }

  async restore(author: Author, id: string): Promise<FaqEntry> {
    return this.transactions.run(async (tx) => {
      const before = await this.locked(tx, author, id, true);
      await this.room(tx, before.account_id, 1);
      const [row] = await tx.query<FaqRow>(
        `update faq_entries e set deleted_at = null, version = version + 1 where id = $1 returning ${faqColumnsSql}`,
        [id],
      );
      this.knowledge.changed(tx, before.account_id);
      return toFaqEntry(row!);
    });
  }

  async reword(author: Author, accountId: string, groups: string[][]): Promise<FaqRewordings> {
    ownAccount(author, accountId);
    const tidied = tidyRewordings(groups);
    await this.transactions.run(async (tx) => {
      await tx.query(
        `insert into faq_rewordings (account_id, groups) values ($1, $2)
         on conflict (account_id) do update set groups = excluded.groups`,
        [accountId, JSON.stringify(tidied)],
      );
      this.knowledge.changed(tx, accountId);
    });
    return { accountId, groups: tidied };
  }

  /** An account has so many; asked under a lock, so that two do not fill it together. */
  async room(tx: Tx, accountId: string, more: number): Promise<void> {
    await tx.query(`select pg_advisory_xact_lock(hashtext('faq'), hashtext($1))`, [accountId]);
    const [known] = await tx.query<{ count: number }>(
      'select count(*)::int as count from faq_entries where account_id = $1 and deleted_at is null',
      [accountId],
    );
    const [limit, actual] = [faqLimits.entries, known!.count + more];
    if (actual <= limit) return;
    const message = `An account has ${limit} entries at most.`;
    throw invalid([{ field: 'accountId', rule: 'full', message, limit, actual }]);
  }

  private async locked(tx: Tx, author: Author, id: string, deleted: boolean): Promise<FaqRow> {
    const [row] = await tx.query<FaqRow>(
      `select ${faqColumnsSql} from faq_entries e
       where e.id = $1 and e.account_id = any($2::bigint[]) and (e.deleted_at is not null) = $3 for update of e`,
      [id, author.accountIds, deleted],
    );
    if (!row) throw notFound('The entry');
    const own = row.state === 'proposed' && row.proposed_by === author.agentId;
    if (!own && !author.permissions.has('bot.manage')) throw forbidden('This needs the right bot.manage.');
    return row;
  }
}

/** @throws as for an account that there is not */
export function ownAccount({ accountIds }: Pick<Author, 'accountIds'>, accountId: string): void {
  if (accountIds.includes(accountId)) return;
  const message = 'There is no such account, or you may not see it.';
  throw invalid([{ field: 'accountId', rule: 'exists', message }]);
}

function columnsOf(words: FaqWords): unknown[] {
  const { category, language, phrasings, content, state, validFrom, validUntil } = words;
  return [category, language, phrasings, JSON.stringify(content), state, validFrom, validUntil];
}

function checked(written: FaqWords): FaqWords {
  const words = tidyFaq(written);
  const faults = faqFaults(words);
  if (faults.length > 0) throw invalid(faults);
  return words;
}

function timeOf(given: string | null | undefined): Date | null {
  return given == null ? null : new Date(given);
}

/** Only what is known of it: a body's class does not belong into the table. */
function contentOf({ text, suggestions }: TextContent): TextContent {
  return { type: 'text', text, ...(suggestions?.length ? { suggestions } : {}) };
}

function tidyRewordings(groups: readonly string[][]): string[][] {
  return groups
    .map((words) => [...new Set(words.map((word) => word.replace(/\s+/gu, ' ').trim()).filter((word) => word !== ''))])
    .filter((words) => words.length > 1);
}
