import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AgentSummary, AgentView, CreateAgentBody } from '#libs/contracts/index.js';
import type { SignedIn } from '#libs/platform/access/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import { ShortMemory } from '#libs/platform/memory/index.js';
import { Announcements } from '#libs/platform/realtime/index.js';
import { AgentNames } from './agent-names.service.js';
import { passwordMatches } from './passwords.js';
import { RightsReader } from './rights.service.js';
import type { Rights } from './rights.service.js';
import { Sessions } from './sessions.service.js';
import type { SessionNews } from './sessions.service.js';
import { Staff } from './staff.service.js';

const DEMO_DOMAIN = '@demo.example';
export const DEMO_PASSWORD = 'madoguchi-demo';

/** What the libs above may ask about people. */
@Injectable()
export class Agents implements OnModuleInit {
  private readonly rights = new ShortMemory<Rights | null>(5_000, 10_000);

  constructor(
    private readonly database: DataSource,
    private readonly announcements: Announcements,
    private readonly sessions: Sessions,
    private readonly reader: RightsReader,
    private readonly agentNames: AgentNames,
    private readonly staff: Staff,
  ) {}

  onModuleInit(): void {
    this.announcements.on('sessions', (refs) => {
      for (const news of refs as SessionNews[]) if ('agentId' in news) this.rights.forget(news.agentId);
    });
    this.announcements.on('accounts', () => this.rights.clear());
    this.announcements.onGap(() => this.rights.clear());
  }

  /** The person of a session, for sockets; null as soon as the session is over. */
  async signedIn(session: string | { sessionId: string }): Promise<SignedIn | null> {
    return await this.sessions.byId(typeof session === 'string' ? session : session.sessionId);
  }

  /** What an agent may, signed in or not; null for who is unknown or not active. Remembered for a few seconds. */
  async rightsOf(agentId: string): Promise<Rights | null> {
    return await this.rights.getCurrent(agentId, async () => (await this.reader.of([agentId])).get(agentId) ?? null);
  }

  /** Those of many agents, read now and in one query. Who is missing in the answer has none. */
  async rightsOfAll(agentIds: readonly string[]): Promise<Map<string, Rights>> {
    return await this.reader.of(agentIds);
  }

  async byId(agentId: string): Promise<AgentView> {
    return await this.staff.view(agentId);
  }

  async names(agentIds: readonly string[]): Promise<Map<string, string>> {
    return await this.agentNames.of(agentIds);
  }

  /** Active people who work in an account of this person, herself included. */
  async colleaguesOf(person: Pick<SignedIn, 'accountIds' | 'agent'>): Promise<AgentSummary[]> {
    return await this.database.query<AgentSummary[]>(
      `select a.id, a.name, a.role from agents a
       where a.active and (a.id = $1 or a.visibility = 'all' or exists (
         select from agent_accounts works where works.agent_id = a.id and works.account_id = any($2::bigint[])))
       order by a.id`,
      [person.agent.id, person.accountIds],
    );
  }

  async create(tx: Tx, body: CreateAgentBody): Promise<AgentView> {
    return await this.staff.create(tx, body);
  }

  /** E-mails of people who can sign in with the password that everybody knows. Production refuses to serve with any. */
  async demoSignIns(): Promise<string[]> {
    const suspects = await this.database.query<{ email: string; password_hash: string }[]>(
      `select email, password_hash from agents where active and right(lower(email), $1) = $2 order by id`,
      [DEMO_DOMAIN.length, DEMO_DOMAIN],
    );
    const open: string[] = [];
    for (const { email, password_hash } of suspects) {
      if (await passwordMatches(password_hash, DEMO_PASSWORD)) open.push(email);
    }
    return open;
  }
}
