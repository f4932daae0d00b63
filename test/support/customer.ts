import { eventually } from './eventually.js';

export interface ShownMessage {
  msgId: string;
  from: 'customer' | 'bot';
  state: string;
  content: { type: string; text?: string };
}

/** A person with a +Message handset. */
export class Customer {
  private constructor(
    private readonly simulator: string,
    readonly phone: string,
    readonly botId: string,
  ) {}

  static async withHandset(simulator: string, phone: string, botId: string, handset: object): Promise<Customer> {
    const customer = new Customer(simulator, phone, botId);
    await customer.changesHandset({ carrier: 'docomo', plusMessage: true, receipts: true, ...handset });
    return customer;
  }

  changesHandset(handset: object): Promise<unknown> {
    return this.call('PUT', '', handset);
  }

  /** Resolves when the carrier has it; the console hears of it after that. */
  async writes(text: string): Promise<string> {
    const { msgId } = await this.call<{ msgId: string }>('POST', '/messages', { botId: this.botId, text });
    return msgId;
  }

  async sends(content: object): Promise<string> {
    const { msgId } = await this.call<{ msgId: string }>('POST', '/messages', { botId: this.botId, ...content });
    return msgId;
  }

  presses(displayText: string, postback: string): Promise<unknown> {
    return this.call('POST', '/presses', { botId: this.botId, suggestion: { displayText, postback } });
  }

  types(active: boolean): Promise<unknown> {
    return this.call('POST', '/typing', { botId: this.botId, active });
  }

  reads(): Promise<unknown> {
    return this.call('POST', '/read', { botId: this.botId });
  }

  async sees(): Promise<ShownMessage[]> {
    const { messages } = await this.call<{ messages: ShownMessage[] }>(
      'GET',
      `/messages?botId=${encodeURIComponent(this.botId)}`,
    );
    return messages;
  }

  /** What the company wrote, as the phone shows it, once there are so many. */
  received(count: number): Promise<ShownMessage[]> {
    return eventually(async () => {
      const shown = (await this.sees()).filter((message) => message.from === 'bot');
      return shown.length >= count ? shown : null;
    }, `${count} messages on the handset`);
  }

  private async call<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await fetch(`${this.simulator}/handsets/${encodeURIComponent(this.phone)}${path}`, {
      method,
      ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the handset answered ${answer.status}: ${text}`);
    return (text === '' ? null : JSON.parse(text)) as T;
  }
}
