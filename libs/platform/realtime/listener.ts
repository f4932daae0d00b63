import pg from 'pg';
import type { Log, Metrics } from '#libs/platform/telemetry/index.js';

interface Ears {
  heard(payload: string): void;
  /** Listening again after a cut: whatever was said meanwhile is gone. */
  restored(): void;
}

const PING_MS = 5_000;
const PING_LIMIT_MS = 4_000;
const LONGEST_WAIT_MS = 2_000;

/**
 * One connection that only listens. It is pinged, because a connection that died without a word looks like silence;
 * it is opened again for ever, with a short wait that grows to two seconds.
 */
export class Listener {
  private client: pg.Client | null = null;
  private closing = false;
  private tries = 0;
  private pinging: NodeJS.Timeout | null = null;
  private retry: NodeJS.Timeout | null = null;

  constructor(
    private readonly url: string,
    private readonly channel: string,
    private readonly log: Log,
    metrics: Metrics,
    private readonly ears: Ears,
  ) {
    metrics.watch('madoguchi_listener_up', '1 while this node hears the announcements of others', () =>
      this.listening ? 1 : 0,
    );
  }

  get listening(): boolean {
    return this.client !== null;
  }

  async open(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'madoguchi-listener',
      keepAlive: true,
      connectionTimeoutMillis: PING_LIMIT_MS,
      query_timeout: PING_LIMIT_MS,
    });
    client.on('error', (fault) => this.lost(client, fault));
    client.on('end', () => this.lost(client, null));
    client.on('notification', ({ payload }) => {
      if (payload) this.ears.heard(payload);
    });
    try {
      await client.connect();
      await client.query(`listen ${this.channel}`);
    } catch (fault) {
      client.end().catch(() => undefined);
      throw fault;
    }
    if (this.closing) return void client.end().catch(() => undefined);
    this.client = client;
    this.tries = 0;
    this.pinging = setInterval(() => void this.ping(client), PING_MS);
  }

  async close(): Promise<void> {
    this.closing = true;
    const client = this.client;
    this.client = null;
    if (this.retry) clearTimeout(this.retry);
    if (this.pinging) clearInterval(this.pinging);
    await client?.end().catch(() => undefined);
  }

  private async ping(client: pg.Client): Promise<void> {
    const late = setTimeout(() => {
      this.lost(client, new Error('the listening connection does not answer'));
      client.end().catch(() => undefined);
    }, PING_LIMIT_MS);
    try {
      await client.query('select 1');
    } catch {
      // `error` or `end` has said so already.
    } finally {
      clearTimeout(late);
    }
  }

  private lost(client: pg.Client, fault: Error | null): void {
    if (this.client !== client || this.closing) return;
    this.client = null;
    if (this.pinging) clearInterval(this.pinging);
    this.log.warn({ err: fault }, 'the listening connection was lost');
    this.again();
  }

  private again(): void {
    const wait = Math.min(LONGEST_WAIT_MS, 100 * 2 ** this.tries++) * (0.5 + Math.random() / 2);
    this.retry = setTimeout(() => {
      this.open().then(
        () => {
          this.log.info({}, 'listening again');
          this.ears.restored();
        },
        () => {
          if (!this.closing) this.again();
        },
      );
    }, wait);
  }
}
