import { once } from 'node:events';
import http from 'node:http';

export interface Heard {
  authorization: string | undefined;
  body: WebhookBody;
  at: number;
}

export interface WebhookBody {
  event: string;
  RCSMessage: Record<string, unknown> & { msgId: string; status?: string; textMessage?: string };
  messageContact?: { userContact?: string; chatId?: string };
  file?: { fileId: string; fileUrl: string; status: string; fileSize: number };
}

/** The bot's end of the webhook: keeps what it hears, answers as it is told. */
export class BotListener {
  readonly heard: Heard[] = [];
  /** The status for one event; 200 unless a test says otherwise. */
  answer: (body: WebhookBody) => number | Promise<number> = () => 200;
  private readonly waiting = new Set<() => void>();
  private readonly server: http.Server;

  private constructor() {
    this.server = http.createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8');
      request.on('data', (part: string) => (text += part));
      request.on('end', () => void this.hear(text, request, response));
    });
  }

  private async hear(text: string, request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const body = JSON.parse(text) as WebhookBody;
    const status = await this.answer(body);
    if (status < 300) this.heard.push({ authorization: request.headers.authorization, body, at: Date.now() });
    response.writeHead(status).end('ok');
    for (const check of this.waiting) check();
  }

  static async start(port = 0): Promise<BotListener> {
    const listener = new BotListener();
    listener.server.listen(port, '127.0.0.1');
    await once(listener.server, 'listening');
    return listener;
  }

  get url(): string {
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/hook`;
  }

  bodies(event?: string): WebhookBody[] {
    return this.heard.map(({ body }) => body).filter((body) => !event || body.event === event);
  }

  statuses(msgId: string): (string | undefined)[] {
    return this.bodies('messageStatus')
      .filter((body) => body.RCSMessage.msgId === msgId)
      .map((body) => body.RCSMessage.status);
  }

  /** Resolves with what `look` finds as soon as it finds something. */
  async until<T>(look: () => T | undefined | false | null, what: string): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const done = (): void => {
        this.waiting.delete(check);
        clearTimeout(timer);
      };
      const check = (): void => {
        const found = look();
        if (!found) return;
        done();
        resolve(found);
      };
      const timer = setTimeout(() => {
        done();
        reject(new Error(`never heard: ${what}; heard ${JSON.stringify(this.bodies())}`));
      }, 15_000);
      this.waiting.add(check);
      check();
    });
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
