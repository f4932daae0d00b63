import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { errorCodes, type BotToken } from '#libs/contracts/index.js';
import { AppError, invalid, notFound } from '#libs/platform/telemetry/index.js';

/** With it a bot brings answers to its own turns, and does nothing else. Its hash is kept; itself it is shown once. */
@Injectable()
export class BotTokens {
  constructor(private readonly database: DataSource) {}

  /** The one before is worth nothing from now on. */
  async make(botId: string): Promise<BotToken> {
    const [bot] = await this.database.query<{ kind: string }[]>(
      'select kind from bots where id = $1 and deleted_at is null',
      [botId],
    );
    if (!bot) throw notFound('The bot');
    if (bot.kind !== 'http')
      throw invalid([{ field: 'id', rule: 'kind', message: 'Only bots over HTTP bring their answers.' }]);
    const token = `mgb_${randomBytes(32).toString('base64url')}`;
    const [{ created_at }] = await this.database.query<[{ created_at: Date }]>(
      `insert into bot_tokens (bot_id, hash) values ($1, $2)
       on conflict (bot_id) do update set hash = excluded.hash, created_at = now() returning created_at`,
      [botId, hashOf(token)],
    );
    return { token, createdAt: created_at.toISOString() };
  }

  /** The bot that this header belongs to, switched on and not removed. */
  async botOf(authorization: string | undefined): Promise<string> {
    const token = /^Bearer (mgb_[A-Za-z0-9_-]{43})$/.exec(authorization ?? '')?.[1];
    const [row] = token
      ? await this.database.query<{ bot_id: string }[]>(
          `select t.bot_id from bot_tokens t join bots b on b.id = t.bot_id
           where t.hash = $1 and b.enabled and b.deleted_at is null`,
          [hashOf(token)],
        )
      : [];
    if (!row)
      throw new AppError(401, errorCodes.unauthenticated, 'This is no token of a bot: Authorization: Bearer mgb_….');
    return row.bot_id;
  }
}

/** 256 random bits need no salt and no slow hash. */
function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
