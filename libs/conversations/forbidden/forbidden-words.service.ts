import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  errorCodes,
  forbiddenIn,
  forbiddenKey,
  forbiddenLimits,
  type EditForbiddenWordBody,
  type ForbiddenSeverity,
  type ForbiddenWord,
  type ForbiddenWordBody,
} from '#libs/contracts/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { Announcements, Sockets } from '#libs/platform/realtime/index.js';
import { AppError, invalid, notFound } from '#libs/platform/telemetry/index.js';
import type { Asker } from '../conversation-access.js';
import { askerOf } from '../conversation-news.js';

interface Row {
  id: string;
  account_id: string;
  word: string;
  severity: ForbiddenSeverity;
  note: string;
}

interface Ref {
  account: string;
}

const TOPIC = 'forbidden-words';
const columns = 'id, account_id, word, severity, note';

/** NGワード: what must not reach customers. Kept in memory, for every message that goes out is held against them. */
@Injectable()
export class ForbiddenWords implements OnModuleInit {
  private known: Promise<Map<string, ForbiddenWord[]>> | null = null;

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly announcements: Announcements,
    private readonly sockets: Sockets,
  ) {}

  onModuleInit(): void {
    this.announcements.on(TOPIC, (refs) => {
      this.known = null;
      this.tell(refs as Ref[]);
    });
    this.announcements.onGap(() => (this.known = null));
  }

  async list(asker: Asker): Promise<ForbiddenWord[]> {
    const byAccount = await this.all();
    return asker.accountIds.flatMap((id) => byAccount.get(id) ?? []);
  }

  /** Asked before a transaction: reading them wants a connection. */
  async blocking(): Promise<(accountId: string, text: string) => string[]> {
    const byAccount = await this.all();
    return (accountId, text) => {
      const words = (byAccount.get(accountId) ?? []).filter(({ severity }) => severity === 'block');
      return [...new Set(forbiddenIn(text, words).map(({ word }) => word.word))];
    };
  }

  create(asker: Asker, { accountId, word, severity, note = '' }: ForbiddenWordBody): Promise<ForbiddenWord> {
    if (!asker.accountIds.includes(accountId)) throw notFound('The account');
    return this.transactions.run(async (tx) => {
      await tx.query(`select pg_advisory_xact_lock(hashtext('forbidden-words'), hashtext($1))`, [accountId]);
      const [many] = await tx.query<{ count: number }>(
        'select count(*)::int as count from forbidden_words where account_id = $1',
        [accountId],
      );
      const [limit, actual] = [forbiddenLimits.perAccount, many!.count + 1];
      if (actual > limit) {
        const message = `An account has ${limit} forbidden words at most.`;
        throw invalid([{ field: 'word', rule: 'full', message, limit, actual }]);
      }
      const [row] = await tx
        .query<Row>(
          `insert into forbidden_words (account_id, word, word_key, severity, note) values ($1, $2, $3, $4, $5)
           returning ${columns}`,
          [accountId, word.trim(), forbiddenKey(word), severity, note.trim()],
        )
        .catch(wordTaken);
      return this.changed(tx, row!);
    });
  }

  edit(asker: Asker, id: string, body: EditForbiddenWordBody): Promise<ForbiddenWord> {
    return this.transactions.run(async (tx) => {
      const [row] = await tx
        .query<Row>(
          `update forbidden_words set word = coalesce($3, word), word_key = coalesce($4, word_key),
             severity = coalesce($5, severity), note = coalesce($6, note)
           where id = $1 and account_id = any($2::bigint[]) returning ${columns}`,
          [
            id,
            asker.accountIds,
            body.word?.trim() ?? null,
            body.word === undefined ? null : forbiddenKey(body.word),
            body.severity ?? null,
            body.note?.trim() ?? null,
          ],
        )
        .catch(wordTaken);
      if (!row) throw notFound('The forbidden word');
      return this.changed(tx, row);
    });
  }

  async remove(asker: Asker, id: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const [row] = await tx.query<Row>(
        `delete from forbidden_words where id = $1 and account_id = any($2::bigint[]) returning ${columns}`,
        [id, asker.accountIds],
      );
      if (!row) throw notFound('The forbidden word');
      this.changed(tx, row);
    });
  }

  private changed(tx: Tx, row: Row): ForbiddenWord {
    this.announcements.announce(tx, TOPIC, { account: row.account_id } satisfies Ref);
    return toForbiddenWord(row);
  }

  /** One load at a time; what was read before a change is not kept after it. */
  private async all(): Promise<Map<string, ForbiddenWord[]>> {
    for (;;) {
      const asked = (this.known ??= this.load());
      try {
        const words = await asked;
        if (this.known === asked) return words;
      } catch (fault) {
        if (this.known === asked) this.known = null;
        throw fault;
      }
    }
  }

  private async load(): Promise<Map<string, ForbiddenWord[]>> {
    const rows = await this.dataSource.query<Row[]>(`select ${columns} from forbidden_words order by word, id`);
    const byAccount = new Map<string, ForbiddenWord[]>();
    for (const row of rows) {
      const words = byAccount.get(row.account_id);
      if (words) words.push(toForbiddenWord(row));
      else byAccount.set(row.account_id, [toForbiddenWord(row)]);
    }
    return byAccount;
  }

  private tell(refs: readonly Ref[]): void {
    for (const socket of this.sockets.local()) {
      const accounts = askerOf(socket)?.accountIds ?? [];
      if (refs.some(({ account }) => accounts.includes(account))) socket.emit('canned:changed', { what: 'forbidden' });
    }
  }
}

function toForbiddenWord({ id, account_id, word, severity, note }: Row): ForbiddenWord {
  return { id, accountId: account_id, word, severity, note };
}

function wordTaken(fault: unknown): never {
  if ((fault as { constraint?: string }).constraint !== 'forbidden_words_word') throw fault;
  const message = 'The account has this word already, perhaps in another width or kana.';
  throw new AppError(409, errorCodes.conflict, message, { fields: [{ field: 'word', rule: 'taken', message }] });
}
