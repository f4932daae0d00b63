import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { errorCodes } from '#libs/contracts/index.js';
import type { SignInBody } from '#libs/contracts/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import { AppError } from '#libs/platform/telemetry/index.js';
import { passwordMatches, prepareNobodysHash } from './passwords.js';
import { Sessions } from './sessions.service.js';
import type { OpenedSession } from './sessions.service.js';
import { SignInFailures } from './sign-in-failures.service.js';

/** Where a sign-in comes from. */
export interface Desk {
  address: string;
  userAgent: string | null;
  /** The session this browser had before; it ends. */
  before: string | null;
}

/**
 * E-mail and password to session. A wrong password, an unknown e-mail and a colleague who left are answered alike and
 * take as long; tries for one e-mail are looked at one after the other, or a burst would pass before it is counted.
 */
@Injectable()
export class SignIn implements OnModuleInit {
  private readonly turns = new Map<string, Promise<unknown>>();

  constructor(
    private readonly database: DataSource,
    private readonly transactions: Transactions,
    private readonly failures: SignInFailures,
    private readonly sessions: Sessions,
  ) {}

  async onModuleInit(): Promise<void> {
    await prepareNobodysHash();
  }

  async signIn(body: SignInBody, desk: Desk): Promise<OpenedSession> {
    const email = body.email.trim();
    return await this.inTurn(email.toLowerCase(), async () => {
      const agentId = await this.recognise(email, body.password, desk.address);
      return await this.transactions.run(async (tx) => {
        if (desk.before !== null) await this.sessions.end(tx, desk.before, agentId);
        const opened = await this.sessions.open(tx, agentId, desk.userAgent);
        if (opened === null) throw wrongCredentials();
        return opened;
      });
    });
  }

  private async recognise(email: string, password: string, address: string): Promise<string> {
    const wait = Math.ceil(await this.failures.waitFor(email, address));
    if (wait > 0) {
      const message = `There were too many wrong tries. The next one is looked at in ${wait} seconds.`;
      throw new AppError(429, errorCodes.tooManyAttempts, message, { retryAfterSeconds: wait });
    }
    const [agent] = await this.database.query<{ id: string; password_hash: string; active: boolean }[]>(
      'select id, password_hash, active from agents where lower(email) = lower($1)',
      [email],
    );
    const matches = await passwordMatches(agent?.password_hash ?? null, password);
    if (agent === undefined || !matches || !agent.active) {
      await this.failures.count(email, address);
      throw wrongCredentials();
    }
    await this.failures.clear(email, address);
    return agent.id;
  }

  private async inTurn<T>(email: string, work: () => Promise<T>): Promise<T> {
    const before = this.turns.get(email) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.turns.set(email, mine);
    try {
      return await mine;
    } finally {
      if (this.turns.get(email) === mine) this.turns.delete(email);
    }
  }
}

function wrongCredentials(): AppError {
  return new AppError(401, errorCodes.wrongCredentials, 'This e-mail and password do not belong together.');
}
