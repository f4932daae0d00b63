import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  customerLimits,
  errorCodes,
  type ConversationRow,
  type CreateLabelBody,
  type EditLabelBody,
  type LabelColor,
  type LabelView,
  type SetLabelsBody,
} from '#libs/contracts/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { conflict, forbidden, invalid, notFound } from '#libs/platform/telemetry/index.js';
import { mayRead } from '../conversation-access.js';
import { standingOfRow } from '../conversation-news.js';
import type { Author } from '../threads/posting.js';
import { toConversationRow, type Thread } from '../threads/thread-row.js';
import { ThreadWriter } from '../threads/thread-writer.js';
import { CatalogueNews } from './catalogue-news.js';
import { numbersFor } from './numbers.js';
import { isTaken } from './taken.js';

interface LabelRow {
  id: string;
  account_id: string;
  name: string;
  color: LabelColor;
  position: number;
  active: boolean;
}

/**
 * Labels of an account, and on its conversations. They hang on the conversation: a row of the list shows them, and they
 * stay when a contact ends. Which contact was open when one was set stands beside it, for reports.
 */
@Injectable()
export class Labels {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly threads: ThreadWriter,
    private readonly news: CatalogueNews,
  ) {}

  async list(author: Author): Promise<LabelView[]> {
    const rows = await this.dataSource.query<LabelRow[]>(
      'select * from labels where account_id = any($1::bigint[]) order by account_id, position, id',
      [author.accountIds],
    );
    return rows.map(toView);
  }

  create(author: Author, body: CreateLabelBody): Promise<LabelView> {
    if (!author.accountIds.includes(body.accountId)) throw notFound('The account');
    return this.transactions.run(async (tx) => {
      const [{ count } = { count: 0 }] = await tx.query<{ count: number }>(
        'select count(*)::int as count from labels where account_id = $1 and active',
        [body.accountId],
      );
      if (count >= customerLimits.labels) throw tooMany('name', customerLimits.labels);
      const [made] = await tx
        .query<LabelRow>(
          `insert into labels (account_id, name, color, position)
           select $1, $2, $3, coalesce(max(position) + 1, 0) from labels where account_id = $1 returning *`,
          [body.accountId, body.name.trim(), body.color],
        )
        .catch(nameTaken);
      this.news.changed(tx, body.accountId);
      return toView(made!);
    });
  }

  edit(author: Author, id: string, body: EditLabelBody): Promise<LabelView> {
    return this.transactions.run(async (tx) => {
      const [row] = await tx
        .query<LabelRow>(
          `update labels set name = coalesce($3, name), color = coalesce($4, color), position = coalesce($5, position),
             active = coalesce($6, active)
           where id = $1 and account_id = any($2::bigint[]) returning *`,
          [id, author.accountIds, body.name?.trim(), body.color, body.position, body.active],
        )
        .catch(nameTaken);
      if (!row) throw notFound('The label');
      this.news.changed(tx, row.account_id);
      return toView(row);
    });
  }

  /** On the conversation, told to everybody who sees its row; the thread says nothing of it. */
  set(author: Author, conversationId: string, { add = [], remove = [] }: SetLabelsBody): Promise<ConversationRow> {
    if (!author.permissions.has('conversation.label')) throw forbidden();
    return this.transactions.run(async (tx) => {
      const thread = await this.threads.lock(tx, conversationId);
      if (!mayRead(author, standingOfRow(thread))) throw notFound('The conversation');
      await this.mayBeSet(tx, thread, add);
      const before = thread.label_ids ?? [];
      const kept = before.filter((id) => !remove.includes(id) || add.includes(id));
      const fresh = [...new Set(add)].filter((id) => !before.includes(id));
      const gone = before.filter((id) => !kept.includes(id));
      const next = [...kept, ...fresh];
      if (next.length > customerLimits.labelsPerConversation) {
        throw tooMany('add', customerLimits.labelsPerConversation);
      }
      if (fresh.length === 0 && gone.length === 0) return toConversationRow(thread, numbersFor(author));
      thread.label_ids = next.length === 0 ? null : next;
      await tx.query('delete from conversation_labels where conversation_id = $1 and label_id = any($2::bigint[])', [
        thread.id,
        gone,
      ]);
      await tx.query(
        `insert into conversation_labels (conversation_id, label_id, contact_id, by_agent_id)
         select $1, id, $3, $4 from unnest($2::bigint[]) id`,
        [thread.id, fresh, thread.contact_id, author.agentId],
      );
      await tx.query('update conversations set label_ids = $2 where id = $1', [thread.id, thread.label_ids]);
      await this.threads.save(tx, [thread]);
      return toConversationRow(thread, numbersFor(author));
    });
  }

  private async mayBeSet(tx: Tx, thread: Thread, add: readonly string[]): Promise<void> {
    if (add.length === 0) return;
    const known = await tx.query<{ id: string }>(
      'select id from labels where id = any($1::bigint[]) and account_id = $2 and (active or id = any($3::bigint[]))',
      [add, thread.account_id, thread.label_ids ?? []],
    );
    const ids = new Set(known.map(({ id }) => id));
    if (add.every((id) => ids.has(id))) return;
    throw invalid([{ field: 'add', rule: 'exists', message: 'The account has no such label.' }]);
  }
}

function tooMany(field: string, limit: number) {
  return invalid([{ field, rule: 'tooMany', message: `${limit} labels are allowed.`, limit, unit: 'labels' }]);
}

function nameTaken(fault: unknown): never {
  if (isTaken(fault)) throw conflict(errorCodes.conflict, 'The account has a label of this name.');
  throw fault;
}

function toView({ id, account_id, name, color, position, active }: LabelRow): LabelView {
  return { id, accountId: account_id, name, color, position, active };
}
