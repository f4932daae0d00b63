import type { ServerResponse } from 'node:http';

/** What open pages are told. A page that missed something asks for the thread again. */
export type LiveNews =
  | { event: 'handset'; msisdn: string; data: object }
  | { event: 'bot'; botId: string; data: object }
  | { event: 'message'; msisdn: string; botId: string; data: object }
  | { event: 'typing'; msisdn: string; botId: string; data: { active: boolean } };

interface Listener {
  response: ServerResponse;
  handsets: Set<string> | null;
  botId: string | null;
}

/** Server-sent events for the page of handsets. */
export class Live {
  private readonly listeners = new Set<Listener>();
  private readonly heartbeat: NodeJS.Timeout;

  constructor() {
    this.heartbeat = setInterval(() => this.write(': still here\n\n'), 15_000);
    this.heartbeat.unref();
  }

  get listening(): boolean {
    return this.listeners.size > 0;
  }

  join(response: ServerResponse, handsets: string[] | null, botId: string | null): void {
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      connection: 'keep-alive',
    });
    response.write('retry: 1000\n\n');
    const listener = { response, handsets: handsets ? new Set(handsets) : null, botId };
    this.listeners.add(listener);
    response.on('close', () => this.listeners.delete(listener));
  }

  tell(news: LiveNews): void {
    if (!this.listening) return;
    const { event, ...rest } = news;
    const text = `event: ${event}\ndata: ${JSON.stringify(rest)}\n\n`;
    for (const each of this.listeners) {
      if ('msisdn' in news && each.handsets && !each.handsets.has(news.msisdn)) continue;
      if ('botId' in news && each.botId && each.botId !== news.botId) continue;
      // A page that does not read is let go; it comes back by itself and loads afresh.
      if (each.response.writableLength > 1_000_000) each.response.destroy();
      else each.response.write(text);
    }
  }

  close(): void {
    clearInterval(this.heartbeat);
    for (const each of this.listeners) each.response.end();
  }

  private write(text: string): void {
    for (const each of this.listeners) each.response.write(text);
  }
}
