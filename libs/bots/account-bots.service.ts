import { Injectable } from '@nestjs/common';
import type { AccountBots, AccountBotsBody } from '#libs/contracts/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import { invalid, notFound } from '#libs/platform/telemetry/index.js';
import { BotBook } from './bot-book.js';
import { keepFirstBots } from './first-bots.js';

/** Which bots answer at an account, in which order, and by which words its customers get past them. */
@Injectable()
export class AccountDesks {
  constructor(
    private readonly transactions: Transactions,
    private readonly book: BotBook,
  ) {}

  async list(accountIds: readonly string[]): Promise<AccountBots[]> {
    const book = await this.book.current();
    return accountIds.map((accountId) => {
      const { botIds, words, handOffText } = book.desk(accountId);
      return { accountId, botIds: [...botIds], words: [...words], handOffText };
    });
  }

  async change(accountIds: readonly string[], accountId: string, body: AccountBotsBody): Promise<AccountBots> {
    if (!accountIds.includes(accountId)) throw notFound('The account');
    const known = new Set((await this.book.current()).all.map(({ id }) => id));
    const unknown = (body.botIds ?? []).flatMap((id, index) => (known.has(id) ? [] : [index]));
    if (unknown.length > 0) {
      throw invalid(unknown.map((at) => ({ field: `botIds.${at}`, rule: 'exists', message: 'There is no such bot.' })));
    }
    await this.transactions.run(async (tx) => {
      await tx.query('select from accounts where id = $1 for update', [accountId]);
      if (body.botIds !== undefined) {
        await tx.query('delete from account_bots where account_id = $1', [accountId]);
        await tx.query(
          `insert into account_bots (account_id, bot_id, place)
           select $1, id, ord from unnest($2::bigint[]) with ordinality as t(id, ord)`,
          [accountId, body.botIds],
        );
        await keepFirstBots(tx);
      }
      if (body.words !== undefined || body.handOffText !== undefined) {
        const text = body.handOffText?.trim() || null;
        await tx.query(
          `insert into account_bot_rules as r (account_id, words, hand_off_text) values ($1, coalesce($2::text[], '{}'), $4::text)
           on conflict (account_id) do update set words = coalesce($2::text[], r.words),
             hand_off_text = case when $3::boolean then $4::text else r.hand_off_text end`,
          [accountId, body.words?.map((word) => word.trim()) ?? null, body.handOffText !== undefined, text],
        );
      }
      this.book.changed(tx);
    });
    const [now] = await this.list([accountId]);
    return now!;
  }
}
