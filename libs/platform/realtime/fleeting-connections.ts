import pg from 'pg';

const ANSWER_MS = 5_000;

/**
 * What the Socket.IO adapter has instead of a pool. When its listening connection breaks in the middle of LISTEN, the
 * adapter comes twice for another one, and never gives the first back: after a few cuts a pool would be used up for good,
 * and could not be closed any more. Here the newest listening connection is the only one; the one before is let go
 * without a word, so that nobody comes again on its behalf.
 */
export class FleetingConnections {
  private readonly pool: pg.Pool;
  private listening: pg.PoolClient | null = null;
  private closed = false;

  constructor(url: string, onLost: (fault: Error) => void) {
    this.pool = new pg.Pool({
      connectionString: url,
      max: 3,
      application_name: 'madoguchi-fleeting',
      keepAlive: true,
      // Fleeting news are not worth waiting for: whatever hangs is dropped, and its connection with it.
      connectionTimeoutMillis: ANSWER_MS,
      query_timeout: ANSWER_MS,
    });
    this.pool.on('error', onLost);
    this.pool.on('connect', (client) => client.on('error', onLost));
  }

  query(text: string, values: unknown[]): Promise<pg.QueryResult> {
    return this.pool.query(text, values);
  }

  /** A connection to listen on. */
  async connect(): Promise<pg.PoolClient> {
    const client = await this.pool.connect();
    this.letGo();
    this.listening = client;
    client.once('end', () => {
      if (this.listening === client) this.letGo();
    });
    // The adapter gives it back when it closes.
    const giveBack = client.release.bind(client);
    let back = false;
    client.release = () => {
      if (!back) giveBack(true);
      back = true;
    };
    if (this.closed) this.letGo();
    return client;
  }

  async close(): Promise<void> {
    this.closed = true;
    this.letGo();
    await this.pool.end().catch(() => undefined);
  }

  private letGo(): void {
    const client = this.listening;
    this.listening = null;
    client?.removeAllListeners('end');
    client?.release();
  }
}
