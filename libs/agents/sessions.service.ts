import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { SignedIn } from '#libs/platform/access/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { ShortMemory } from '#libs/platform/memory/index.js';
import { Announcements } from '#libs/platform/realtime/index.js';
import { rightsColumns, toRights } from './rights.service.js';
import type { RightsRow } from './rights.service.js';
import { SocketLedger } from './socket-ledger.service.js';
import { hashToken, newToken } from './session-token.js';

/** What travels under the announcement topic `sessions`: a session ended, or an agent's rights changed. */
export type SessionNews = { sessionId: string } | { agentId: string };

/** A session ends after half a day without a request, and after a week whatever happens. */
const IDLE = `interval '12 hours'`;
const LONGEST = `interval '7 days'`;
export const LONGEST_SECONDS = 7 * 24 * 60 * 60;

export interface OpenedSession {
  token: string;
  sessionId: string;
}

interface Known {
  person: SignedIn;
  expiresAt: number;
}

type SessionRow = RightsRow & { session_id: string; seconds_left: number; unseen: boolean };

/**
 * Who is signed in. A session is read with its agent and accounts in one query, and remembered for five seconds; what
 * ends or changes it is announced, so that signing out bites on every node at once and not five seconds later.
 */
@Injectable()
export class Sessions implements OnModuleInit {
  private readonly known = new ShortMemory<Known | null>(5_000, 10_000);

  constructor(
    private readonly database: DataSource,
    private readonly transactions: Transactions,
    private readonly announcements: Announcements,
    private readonly ledger: SocketLedger,
  ) {}

  onModuleInit(): void {
    this.announcements.on('sessions', (refs) => this.forget(refs as SessionNews[]));
    this.announcements.on('accounts', () => this.known.clear());
    this.announcements.onGap(() => this.known.clear());
  }

  /**
   * Opens a session; null when the agent was made inactive since the password was looked at. The token leaves in the
   * cookie and is kept nowhere.
   */
  async open(tx: Tx, agentId: string, userAgent: string | null): Promise<OpenedSession | null> {
    const token = newToken();
    await tx.query(`delete from sessions where agent_id = $1 and expires_at < now() - interval '30 days'`, [agentId]);
    const [row] = await tx.query<{ id: string }>(
      `insert into sessions (agent_id, token_hash, user_agent, expires_at)
       select id, $2, $3, now() + ${IDLE} from agents where id = $1 and active for share returning id`,
      [agentId, hashToken(token), userAgent?.slice(0, 500) ?? null],
    );
    return row === undefined ? null : { token, sessionId: row.id };
  }

  /** @param stays an agent who signs in anew in this moment: she is not gone */
  async end(tx: Tx, sessionId: string, stays?: string): Promise<void> {
    const [ended] = await tx.query<{ agent_id: string }>(
      'update sessions set ended_at = now() where id = $1 and ended_at is null returning agent_id',
      [sessionId],
    );
    this.announcements.announce(tx, 'sessions', { sessionId } satisfies SessionNews);
    if (ended === undefined || ended.agent_id === stays) return;
    await this.ledger.signOut(tx, ended.agent_id, { session: sessionId }, ended.agent_id);
  }

  /** @param by who ended them */
  async endAllOf(tx: Tx, agentId: string, by: string, except?: string): Promise<void> {
    const ended = await tx.query<{ id: string }>(
      `update sessions set ended_at = now()
       where agent_id = $1 and ended_at is null and expires_at > now() and id is distinct from $2 returning id`,
      [agentId, except ?? null],
    );
    for (const { id } of ended) this.announcements.announce(tx, 'sessions', { sessionId: id } satisfies SessionNews);
    await this.ledger.signOut(tx, agentId, { except: except ?? null }, by);
  }

  /** The person behind a token; null when the session is unknown, ended or expired, or the agent is not active. */
  async byToken(token: string): Promise<SignedIn | null> {
    const hash = hashToken(token);
    if (hash === null) return null;
    return this.current(`token ${hash.toString('base64url')}`, 'token_hash', hash);
  }

  async byId(sessionId: string): Promise<SignedIn | null> {
    return this.current(`id ${sessionId}`, 'id', sessionId);
  }

  /** Of these sessions, those that are over. */
  async over(sessionIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.database.query<{ id: string }[]>(
      `select asked.id from unnest($1::bigint[]) asked(id) where not exists (
         select from sessions s join agents a on a.id = s.agent_id
         where s.id = asked.id and s.ended_at is null and s.expires_at > now() and a.active)`,
      [sessionIds],
    );
    return new Set(rows.map(({ id }) => id));
  }

  private async current(key: string, by: 'id' | 'token_hash', value: unknown): Promise<SignedIn | null> {
    const known = await this.known.getCurrent(key, () => this.read(by, value));
    return known !== null && known.expiresAt > Date.now() ? known.person : null;
  }

  private async read(by: 'id' | 'token_hash', value: unknown): Promise<Known | null> {
    const [row] = await this.transactions.prepared<SessionRow>(
      `sessions.by-${by}`,
      `select s.id as session_id, extract(epoch from s.expires_at - now())::float8 as seconds_left,
         s.last_seen_at < now() - interval '1 minute' as unseen,
         ${rightsColumns}
       from sessions s join agents a on a.id = s.agent_id
       where s.${by} = $1 and s.ended_at is null and s.expires_at > now() and a.active`,
      [value],
    );
    if (row === undefined) return null;
    if (row.unseen) await this.seen(row.session_id);
    return {
      person: { ...toRights(row), sessionId: row.session_id },
      expiresAt: Date.now() + row.seconds_left * 1000,
    };
  }

  private async seen(sessionId: string): Promise<void> {
    await this.database.query(
      `update sessions set last_seen_at = now(), expires_at = least(now() + ${IDLE}, created_at + ${LONGEST})
       where id = $1 and last_seen_at < now() - interval '1 minute'`,
      [sessionId],
    );
  }

  private forget(news: SessionNews[]): void {
    const sessions = new Set(news.flatMap((one) => ('sessionId' in one ? [one.sessionId] : [])));
    const agents = new Set(news.flatMap((one) => ('agentId' in one ? [one.agentId] : [])));
    this.known.forgetWhere((known) =>
      known === null ? true : sessions.has(known.person.sessionId) || agents.has(known.person.agent.id),
    );
  }
}
