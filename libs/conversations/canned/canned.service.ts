import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Accounts } from '#libs/accounts/index.js';
import {
  cannedLimits,
  errorCodes,
  type CannedBook,
  type CannedResponse,
  type CannedScope,
  type CannedShelf,
  type CreateCannedBody,
  type EditCannedBody,
  type TextContent,
} from '#libs/contracts/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { AppError, conflict, forbidden, invalid, notFound } from '#libs/platform/telemetry/index.js';
import type { Author } from '../threads/posting.js';
import { TeamQueues } from '../contacts/team-queues.js';
import { CannedNews } from './canned-news.js';
import { cannedColumnsSql, onShelves, toCannedResponse, type CannedRow } from './canned-row.js';
import { shortcutKey, tidyWords, wordFaults, type CannedWords } from './canned-rules.js';
import { keysOf, shelfOf, shelvesOf } from './canned-shelves.js';

const KEPT_DAYS = 30;

/** 定型文: what an agent has at hand, on her own shelf, her queues' and her accounts'. */
@Injectable()
export class CannedResponses {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly accounts: Accounts,
    private readonly teams: TeamQueues,
    private readonly news: CannedNews,
  ) {}

  /** Everything that the person may use, in one query. */
  async book(author: Author): Promise<CannedBook> {
    const shelves = await this.shelves(author);
    const { scopes, owners } = keysOf(shelves, author.agentId);
    const rows = await this.dataSource.query<CannedRow[]>(
      `select ${cannedColumnsSql} ${onShelves} where r.deleted_at is null order by r.folder, r.name, r.id`,
      [scopes, owners],
    );
    return { responses: rows.map(toCannedResponse), shelves };
  }

  async shelves(author: Author): Promise<CannedShelf[]> {
    const [teams, queues, accounts] = await Promise.all([
      this.teams.of(author.agentId),
      this.teams.every(),
      this.accounts.list(author.accountIds),
    ]);
    return shelvesOf(author, { teams, queues, accounts });
  }

  async create(author: Author, body: CreateCannedBody): Promise<CannedResponse> {
    const shelves = await this.shelves(author);
    const shelf = writable(shelves, body.scope, body.ownerId ?? null);
    const words = checked({
      folder: body.folder ?? '',
      name: body.name,
      reading: body.reading ?? '',
      shortcut: body.shortcut ?? null,
      content: contentOf(body.content),
    });
    return this.transactions.run(async (tx) => {
      await this.room(tx, author, shelf, 1);
      const [row] = await tx
        .query<CannedRow>(
          `insert into canned_responses as r
             (scope, agent_id, account_id, queue_id, folder, name, reading, shortcut, shortcut_key, content, updated_by)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning ${cannedColumnsSql}`,
          [body.scope, ...ownersOf(author, shelf), ...columnsOf(words), author.agentId],
        )
        .catch(shortcutTaken);
      this.news.announce(tx, [row!]);
      return toCannedResponse(row!);
    });
  }

  async edit(author: Author, id: string, body: EditCannedBody): Promise<CannedResponse> {
    const shelves = await this.shelves(author);
    return this.transactions.run(async (tx) => {
      const before = await this.locked(tx, author, shelves, id, false);
      if (body.version !== undefined && body.version !== before.version)
        throw conflict(errorCodes.conflict, 'Somebody else has changed the canned response meanwhile.');
      const known = toCannedResponse(before);
      const scope = body.scope ?? known.scope;
      const moves = body.scope !== undefined || body.ownerId !== undefined;
      const shelf = writable(shelves, scope, moves ? (body.ownerId ?? null) : known.ownerId);
      const words = checked({
        folder: body.folder ?? known.folder,
        name: body.name ?? known.name,
        reading: body.reading ?? known.reading,
        shortcut: body.shortcut === undefined ? known.shortcut : body.shortcut,
        content: body.content ? contentOf(body.content) : known.content,
      });
      const [row] = await tx
        .query<CannedRow>(
          `update canned_responses r set scope = $2, agent_id = $3, account_id = $4, queue_id = $5, folder = $6, name = $7,
             reading = $8, shortcut = $9, shortcut_key = $10, content = $11, updated_by = $12, version = version + 1,
             updated_at = now()
           where id = $1 returning ${cannedColumnsSql}`,
          [id, scope, ...ownersOf(author, shelf), ...columnsOf(words), author.agentId],
        )
        .catch(shortcutTaken);
      this.news.announce(tx, [before, row!]);
      return toCannedResponse(row!);
    });
  }

  /** It can be put back for a while; its shortcut is free at once. */
  async remove(author: Author, id: string): Promise<void> {
    const shelves = await this.shelves(author);
    await this.transactions.run(async (tx) => {
      const row = await this.locked(tx, author, shelves, id, false);
      await tx.query('update canned_responses set deleted_at = now() where id = $1', [id]);
      await tx.query(`delete from canned_responses where deleted_at < now() - $1 * interval '1 day'`, [KEPT_DAYS]);
      this.news.announce(tx, [row]);
    });
  }

  /** @throws 409 when its shortcut was given to another one meanwhile */
  async restore(author: Author, id: string): Promise<CannedResponse> {
    const shelves = await this.shelves(author);
    return this.transactions.run(async (tx) => {
      await this.locked(tx, author, shelves, id, true);
      const [row] = await tx
        .query<CannedRow>(
          `update canned_responses r set deleted_at = null, version = version + 1 where id = $1 returning ${cannedColumnsSql}`,
          [id],
        )
        .catch(shortcutTaken);
      this.news.announce(tx, [row!]);
      return toCannedResponse(row!);
    });
  }

  /** It was sent. Nobody is told: the number is read with the next look. */
  async used(author: Author, id: string): Promise<void> {
    const { scopes, owners } = keysOf(await this.shelves(author), author.agentId);
    const rows = await this.dataSource.query<[unknown[], number]>(
      `update canned_responses set uses = uses + 1
       where id = $3 and id in (select r.id ${onShelves} where r.deleted_at is null and r.id = $3)`,
      [scopes, owners, id],
    );
    if (rows[1] === 0) throw notFound('The canned response');
  }

  /** A shelf holds so many; asked under a lock, so that two do not fill it together. */
  async room(tx: Tx, author: Author, shelf: CannedShelf, more: number): Promise<void> {
    const owner = shelf.ownerId ?? author.agentId;
    await tx.query(`select pg_advisory_xact_lock(hashtext('canned:' || $1), hashtext($2))`, [shelf.scope, owner]);
    const [known] = await tx.query<{ count: number }>(
      `select count(*)::int as count from canned_responses where owner_id = $2 and scope = $1 and deleted_at is null`,
      [shelf.scope, owner],
    );
    const [limit, actual] = [cannedLimits.shelf, known!.count + more];
    if (actual <= limit) return;
    const message = `${limit} canned responses stand on one shelf at most.`;
    throw invalid([{ field: 'scope', rule: 'full', message, limit, actual }]);
  }

  private async locked(
    tx: Tx,
    author: Author,
    shelves: readonly CannedShelf[],
    id: string,
    deleted: boolean,
  ): Promise<CannedRow> {
    const { scopes, owners } = keysOf(shelves, author.agentId);
    const [row] = await tx.query<CannedRow>(
      `select ${cannedColumnsSql} ${onShelves} where r.id = $3 and (r.deleted_at is not null) = $4 for update of r`,
      [scopes, owners, id, deleted],
    );
    if (!row) throw notFound('The canned response');
    writable(shelves, row.scope, row.scope === 'personal' ? null : row.owner_id);
    return row;
  }
}

/** @throws 404 for a shelf that the person does not reach, 403 for one that she may only take from */
export function writable(shelves: readonly CannedShelf[], scope: CannedScope, ownerId: string | null): CannedShelf {
  const shelf = shelfOf(shelves, scope, ownerId);
  if (!shelf) {
    const field = ownerId === null ? 'required' : 'exists';
    throw invalid([{ field: 'ownerId', rule: field, message: `There is no such ${scope}, or you may not see it.` }]);
  }
  if (!shelf.mayEdit) throw forbidden('This needs the right canned.manage.');
  return shelf;
}

export function ownersOf(author: Author, { scope, ownerId }: CannedShelf): (string | null)[] {
  return [
    scope === 'personal' ? author.agentId : null,
    scope === 'account' ? ownerId : null,
    scope === 'queue' ? ownerId : null,
  ];
}

function columnsOf({ folder, name, reading, shortcut, content }: CannedWords): (string | null)[] {
  return [folder, name, reading, shortcut, shortcutKey(shortcut), JSON.stringify(content)];
}

function checked(written: CannedWords): CannedWords {
  const words = tidyWords(written);
  const faults = wordFaults(words);
  if (faults.length > 0) {
    const tooLong = faults.every(({ field, rule }) => field === 'content.text' && rule === 'tooLong');
    throw invalid(faults, tooLong ? errorCodes.textTooLong : errorCodes.invalid);
  }
  return words;
}

/** Only what is known of it: a body's class does not belong into the table. */
function contentOf({ text, suggestions }: TextContent): TextContent {
  return { type: 'text', text, ...(suggestions?.length ? { suggestions } : {}) };
}

export function shortcutTaken(fault: unknown): never {
  if ((fault as { constraint?: string }).constraint !== 'canned_responses_shortcut') throw fault;
  const message = 'Another canned response of this shelf has this shortcut.';
  throw new AppError(409, errorCodes.conflict, message, { fields: [{ field: 'shortcut', rule: 'taken', message }] });
}
