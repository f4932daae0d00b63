import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Accounts } from '#libs/accounts/index.js';
import type { SessionView } from '#libs/contracts/index.js';
import { Access, Person, Public, SESSION_COOKIE, readCookie, writeCookie } from '#libs/platform/access/index.js';
import type { SignedIn } from '#libs/platform/access/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import { Settings } from '#libs/platform/settings/index.js';
import { SignInDto } from './agent.dto.js';
import { toSessionView } from './agent.presenter.js';
import { LONGEST_SECONDS, Sessions } from './sessions.service.js';
import { SignIn } from './sign-in.service.js';
import { Staff } from './staff.service.js';

@ApiTags('session')
@Controller('session')
export class SessionController {
  constructor(
    private readonly access: Access,
    private readonly signIn: SignIn,
    private readonly sessions: Sessions,
    private readonly staff: Staff,
    private readonly accounts: Accounts,
    private readonly transactions: Transactions,
    private readonly settings: Settings,
  ) {}

  @Post()
  @Public()
  @HttpCode(200)
  @ApiOperation({ summary: 'Sign in. The session is in the cookie of the answer.' })
  async open(
    @Body() body: SignInDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    const before = await this.access.personOf(readCookie(request.headers.cookie, SESSION_COOKIE));
    const { token, sessionId } = await this.signIn.signIn(body, {
      address: request.ip,
      userAgent: request.headers['user-agent'] ?? null,
      before: before?.sessionId ?? null,
    });
    const person = await this.sessions.byId(sessionId);
    if (person === null) throw new Error('A session ended in the moment it was opened.');
    reply.header('set-cookie', this.cookie(token, LONGEST_SECONDS));
    return await this.view(person);
  }

  @Get()
  @ApiOperation({ summary: 'Who is signed in, with what rights, for which accounts.' })
  async show(@Person() person: SignedIn): Promise<SessionView> {
    return await this.view(person);
  }

  /** Also answers 204 when there is no session any more: signing out must never fail. */
  @Delete()
  @Public()
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out: the session and its sockets end at once.' })
  async end(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const person = await this.access.personOf(readCookie(request.headers.cookie, SESSION_COOKIE));
    if (person !== null) await this.transactions.run((tx) => this.sessions.end(tx, person.sessionId));
    reply.header('set-cookie', this.cookie('', 0));
  }

  private async view(person: SignedIn): Promise<SessionView> {
    const [agent, accounts] = await Promise.all([
      this.staff.view(person.agent.id),
      this.accounts.list(person.accountIds),
    ]);
    return toSessionView(person, agent, accounts, new Date());
  }

  private cookie(value: string, maxAgeSeconds: number): string {
    return writeCookie(SESSION_COOKIE, value, { maxAgeSeconds, secure: this.settings.publicUrl.startsWith('https:') });
  }
}
