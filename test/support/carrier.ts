import { randomUUID } from 'node:crypto';
import type { OfficialAccount } from './world.js';

export interface Told {
  status: number;
  body: { error?: { code: string; fields?: { limit?: number }[] } } | null;
  headers: Headers;
}

/** A carrier's webhooks by hand, for what the simulator would never send. */
export class Carrier {
  constructor(
    private readonly consoleUrl: string,
    private readonly account: OfficialAccount,
  ) {}

  message(from: string, text: string, msgId: string = randomUUID()): object {
    return {
      event: 'message',
      RCSMessage: { msgId, textMessage: text, timestamp: new Date().toISOString() },
      messageContact: { userContact: from },
    };
  }

  report(to: string, msgId: string, status: string, reason?: string): object {
    return {
      event: 'messageStatus',
      RCSMessage: { msgId, status, timestamp: new Date().toISOString(), ...(reason ? { reason } : {}) },
      messageContact: { userContact: to },
    };
  }

  tells(
    event: object | string,
    { path = this.account.webhookPath, token = this.account.verificationToken } = {},
  ): Promise<Told> {
    return this.raw(typeof event === 'string' ? event : JSON.stringify(event), { path, token });
  }

  private async raw(body: string, { path, token }: { path: string; token: string }): Promise<Told> {
    const answer = await fetch(`${this.consoleUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: token },
      body,
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: text === '' ? null : (JSON.parse(text) as Told['body']),
    };
  }
}
