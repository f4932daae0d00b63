import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The least that a carrier is: it takes a message, answers 202, and notes when. */
export class CarrierReceiver {
  private readonly waiting = new Map<string, (at: number) => void>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async open(): Promise<CarrierReceiver> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const receiver = new CarrierReceiver(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => {
      let said = '';
      request.setEncoding('utf8').on('data', (text: string) => (said += text));
      request.on('end', () => {
        const body = JSON.stringify({ RCSMessage: { msgId: randomUUID(), status: 'sent' } });
        response.writeHead(202, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
        response.end(body);
        receiver.took(said);
      });
    });
    return receiver;
  }

  /** When the message with this text was answered 202. */
  takes(text: string): Promise<number> {
    return new Promise((resolve) => this.waiting.set(text, resolve));
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private took(said: string): void {
    const { RCSMessage } = JSON.parse(said) as { RCSMessage: { textMessage?: string } };
    const text = RCSMessage.textMessage;
    if (text === undefined) return;
    this.waiting.get(text)?.(performance.now());
    this.waiting.delete(text);
  }
}
