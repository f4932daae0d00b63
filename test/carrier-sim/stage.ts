import {
  startSimulator,
  type SimBot,
  type Simulator,
  type SimulatorOptions,
} from '../../apps/carrier-sim/simulator.js';
import type { HandsetView } from '../../apps/carrier-sim/handsets/handset-view.js';
import type { Ledger } from '../../apps/carrier-sim/ledger.js';
import type { ShownMessage } from '../../apps/carrier-sim/threads/shown.js';
import { BotListener } from './bot-listener.js';

export const botId = 'shop@botplatform.example';
export const hanako = '+819011112222';
export const taro = '+818033334444';

export interface Answer {
  status: number;
  headers: Headers;
  body: AnswerBody;
}

/** Every member that some answer has; the tests say which ones they expect. */
export interface AnswerBody {
  RCSMessage: { msgId: string; status: string; timestamp: string };
  error: {
    code: number | string;
    status: string;
    message: string;
    details: unknown[];
    fields: { field: string; message: string }[];
  };
  capabilities: string[];
  file: { fileId: string; fileUrl: string; fileSize: number; status: string; validity: string };
  access_token: string;
  refresh_token: string;
  expires_in: number;
  msgId: string;
  state: string;
  messages: ShownMessage[];
  handsets: HandsetView[];
  bots: { botId: string; name: string }[];
  read: number;
  text: string;
}

/** A simulator with one bot, and the two ends that a test plays. */
export class Stage {
  private constructor(
    readonly simulator: Simulator,
    readonly bot: BotListener,
  ) {}

  static async open(
    options: Partial<SimulatorOptions> = {},
    bot: Partial<SimBot> = {},
    ear?: BotListener,
  ): Promise<Stage> {
    const listener = ear ?? (await BotListener.start());
    const simulator = await startSimulator({
      port: 0,
      bots: [simBot(listener, bot)],
      webhookRetry: { firstMs: 20, factor: 1.5, maxMs: 100 },
      logLevel: 'silent',
      ...options,
    });
    return new Stage(simulator, listener);
  }

  async close(): Promise<void> {
    await this.simulator.close();
    await this.bot.close();
  }

  /** The bot calls the carrier. */
  async calls(method: string, path: string, body?: unknown, token: string | null = 'static-token'): Promise<Answer> {
    return this.request(method, `/rcs/bot/v1/${botId}${path}`, body, token ? { authorization: `Bearer ${token}` } : {});
  }

  async sends(RCSMessage: object, contact: object = { userContact: hanako }): Promise<Answer> {
    return this.calls('POST', '/messages', { RCSMessage, messageContact: contact });
  }

  async says(text: string, contact?: object): Promise<string> {
    const answer = await this.sends({ textMessage: text }, contact);
    if (answer.status !== 202) throw new Error(`the send was refused: ${JSON.stringify(answer.body)}`);
    return answer.body.RCSMessage.msgId;
  }

  async sets(msisdn: string, change: object): Promise<Answer> {
    return this.request('PUT', `/handsets/${encodeURIComponent(msisdn)}`, change);
  }

  async writes(msisdn: string, text: string): Promise<string> {
    const answer = await this.acts(msisdn, 'messages', { text });
    if (answer.status !== 201) throw new Error(`the handset refused: ${JSON.stringify(answer.body)}`);
    return answer.body.msgId;
  }

  async acts(msisdn: string, door: 'messages' | 'presses' | 'typing' | 'read', body: object): Promise<Answer> {
    return this.request('POST', `/handsets/${encodeURIComponent(msisdn)}/${door}`, { botId, ...body });
  }

  async screen(msisdn: string): Promise<ShownMessage[]> {
    const path = `/handsets/${encodeURIComponent(msisdn)}/messages?botId=${encodeURIComponent(botId)}`;
    return (await this.request('GET', path)).body.messages;
  }

  async faults(plan: object): Promise<Answer> {
    return this.request('PUT', '/faults', plan);
  }

  async ledger(since = 0): Promise<Ledger> {
    const answer: unknown = (await this.request('GET', `/ledger?botId=${encodeURIComponent(botId)}&since=${since}`))
      .body;
    return answer as Ledger;
  }

  async request(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const form = body instanceof FormData || body instanceof URLSearchParams;
    const response = await fetch(this.simulator.url + path, {
      method,
      headers: body === undefined || form ? headers : { 'content-type': 'application/json', ...headers },
      body: body === undefined ? undefined : form ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : { text } };
  }
}

export function simBot(listener: BotListener, bot: Partial<SimBot> = {}): SimBot {
  return {
    botId,
    name: '青空ショップ',
    verified: true,
    webhookUrl: listener.url,
    token: 'static-token',
    clientSecret: 'the:secret',
    verificationToken: 'the-word',
    ...bot,
  };
}

/** Asks again until it holds: for what shows only on a screen. */
export async function eventually<T>(look: () => Promise<T | undefined | false | null>, what: string): Promise<T> {
  const end = Date.now() + 15_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`never came about: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
