import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  botAdminLimits as limits,
  errorCodes,
  type BotKind,
  type BotView,
  type CreateBotBody,
  type EditBotBody,
  type MadeBot,
} from '#libs/contracts/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { AppError, invalid, notFound } from '#libs/platform/telemetry/index.js';
import { BotBook, type KnownBot } from './bot-book.js';
import { BotCircuits } from './bot-circuits.js';
import { BotKinds, type BotRoom } from './bot-kinds.js';
import { BotNumbersBook } from './bot-numbers.js';
import { keepFirstBots } from './first-bots.js';

/** Bots as administrators see and set them. */
@Injectable()
export class Bots {
  constructor(
    private readonly transactions: Transactions,
    private readonly book: BotBook,
    private readonly kinds: BotKinds,
    private readonly circuits: BotCircuits,
    private readonly numbers: BotNumbersBook,
  ) {}

  async list(): Promise<BotView[]> {
    const [book, numbers] = await Promise.all([this.book.current(), this.numbers.recent()]);
    const { all, places } = book;
    return all.map((bot) => this.view(bot, places.get(bot.id) ?? [], numbers.get(bot.id)));
  }

  async one(id: string): Promise<BotView> {
    const view = (await this.list()).find((bot) => bot.id === id);
    if (!view) throw notFound('The bot');
    return view;
  }

  async create(body: CreateBotBody): Promise<MadeBot> {
    const { kind, name } = body;
    const room = this.roomOf(kind);
    const settings = checked(room, body.settings ?? {}, null);
    refuseSecret(room, body.secret);
    const secret = room.secret === 'made' ? newSecret() : (body.secret ?? null);
    const key = `${kind}-${randomBytes(8).toString('hex')}`;
    const id = await this.transactions.run(async (tx) => {
      const [row] = await tx.query<{ id: string }>(
        'insert into bots (key, kind, name, settings, secret) values ($1, $2, $3, $4, $5) returning id',
        [key, kind, name.trim(), JSON.stringify(settings), secret === null ? null : this.book.seal(secret, key)],
      );
      this.book.changed(tx);
      return row!.id;
    });
    return { bot: await this.one(id), secret: room.secret === 'made' ? secret : null };
  }

  /** There is one with this key, from now on; what people have changed of it stays. @returns its id */
  async ensure(bot: { key: string; kind: BotKind; name: string }): Promise<string> {
    const known = (await this.book.current()).all.find(({ key }) => key === bot.key);
    if (known) return known.id;
    return this.transactions.run(async (tx) => {
      const [row] = await tx.query<{ id: string }>(
        `insert into bots (key, kind, name) values ($1, $2, $3)
         on conflict (key) do update set deleted_at = null, version = bots.version + 1 returning id`,
        [bot.key, bot.kind, bot.name],
      );
      this.book.changed(tx);
      return row!.id;
    });
  }

  async edit(id: string, body: EditBotBody): Promise<BotView> {
    await this.change(id, async (tx, bot) => {
      const room = this.roomOf(bot.kind);
      const settings = body.settings === undefined ? null : checked(room, body.settings, bot.settings);
      refuseSecret(room, body.secret ?? undefined);
      await tx.query(
        `update bots set name = coalesce($2, name), enabled = coalesce($3, enabled), settings = coalesce($4, settings),
           secret = case when $5 then $6 else secret end, version = version + 1
         where id = $1`,
        [
          id,
          body.name?.trim() ?? null,
          body.enabled ?? null,
          settings === null ? null : JSON.stringify(settings),
          body.secret !== undefined,
          body.secret == null ? null : this.book.seal(body.secret, bot.key),
        ],
      );
      if (body.enabled !== undefined) await keepFirstBots(tx);
    });
    return this.one(id);
  }

  /** The old one is worth nothing from now on. */
  async renewSecret(id: string): Promise<MadeBot> {
    const secret = newSecret();
    await this.change(id, async (tx, bot) => {
      if (this.roomOf(bot.kind).secret !== 'made') throw invalid([{ field: 'id', rule: 'secret', message: noSecret }]);
      await tx.query('update bots set secret = $2, version = version + 1 where id = $1', [
        id,
        this.book.seal(secret, bot.key),
      ]);
    });
    return { bot: await this.one(id), secret };
  }

  /** It answers no more; what it said stays under its name. A module's bot is only switched off. */
  async remove(id: string): Promise<void> {
    await this.change(id, async (tx, bot) => {
      if (bot.kind === 'module') {
        throw invalid([
          { field: 'id', rule: 'module', message: 'A bot of a module can be switched off, not removed.' },
        ]);
      }
      await tx.query('delete from account_bots where bot_id = $1', [id]);
      await tx.query('update bots set deleted_at = now(), secret = null, version = version + 1 where id = $1', [id]);
      await keepFirstBots(tx);
    });
  }

  private async change(id: string, work: (tx: Tx, bot: KnownBot) => Promise<void>): Promise<void> {
    const bot = (await this.book.current()).bot(id);
    if (!bot) throw notFound('The bot');
    await this.transactions.run(async (tx) => {
      const [row] = await tx.query('select from bots where id = $1 and deleted_at is null for update', [id]);
      if (!row) throw notFound('The bot');
      await work(tx, bot);
      this.book.changed(tx);
    });
  }

  private roomOf(kind: BotKind): BotRoom {
    const room = this.kinds.of(kind);
    if (!room) {
      const message = `This console has no bots of the kind ${kind}.`;
      throw new AppError(400, errorCodes.invalid, message, { fields: [{ field: 'kind', rule: 'isIn', message }] });
    }
    return room;
  }

  private view(bot: KnownBot, accountIds: string[], numbers: BotView['numbers'] | undefined): BotView {
    return {
      id: bot.id,
      key: bot.key,
      kind: bot.kind,
      name: bot.name,
      enabled: bot.enabled,
      available: bot.answers !== null,
      settings: bot.settings,
      hasSecret: bot.hasSecret,
      accountIds,
      restsUntil: this.circuits.restsUntil(bot.id)?.toISOString() ?? null,
      numbers: numbers ?? { turns: 0, answered: 0, passed: 0, handedOff: 0, failed: 0, medianMs: null },
      createdAt: bot.createdAt.toISOString(),
    };
  }
}

const noSecret = 'Bots of this kind have no secret that the console makes.';

/** As Standard Webhooks write theirs. */
function newSecret(): string {
  return `whsec_${randomBytes(24).toString('base64')}`;
}

function refuseSecret(room: BotRoom, secret: string | undefined): void {
  if (secret === undefined || room.secret === 'given') return;
  const message = 'Bots of this kind take no secret from outside.';
  throw invalid([{ field: 'secret', rule: 'none', message }]);
}

function checked(
  room: BotRoom,
  given: Record<string, unknown>,
  before: Record<string, unknown> | null,
): Record<string, unknown> {
  const bytes = Buffer.byteLength(JSON.stringify(given));
  if (bytes > limits.settingsBytes) {
    const message = `The settings have ${bytes} bytes of JSON; ${limits.settingsBytes} are allowed.`;
    const [limit, actual] = [limits.settingsBytes, bytes];
    throw invalid([{ field: 'settings', rule: 'tooLong', message, limit, actual, unit: 'bytes' }]);
  }
  if (room.settings) return room.settings(given, before);
  if (Object.keys(given).length === 0) return {};
  throw invalid([{ field: 'settings', rule: 'none', message: 'Bots of this kind have no settings.' }]);
}
