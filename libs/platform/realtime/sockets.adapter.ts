import type { INestApplication } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { createAdapter as overPostgres } from '@socket.io/postgres-adapter';
import type pg from 'pg';
import type { Server, ServerOptions } from 'socket.io';
import { DatabaseAddress } from '#libs/platform/database/index.js';
import { Settings } from '#libs/platform/settings/index.js';
import { Log } from '#libs/platform/telemetry/index.js';
import { FleetingConnections } from './fleeting-connections.js';
import { Sockets } from './sockets.js';

type Carrier = { adapter: ServerOptions['adapter']; close(): Promise<void> };

/** Biggest frame a browser may send up: only watching, typing and the like go that way. */
const UP_BYTES = 16 * 1024;

/**
 * Socket.IO as this house runs it: websocket only (so no sticky sessions), no compression (it costs ten times the
 * memory), the session checked before connecting, fleeting news over PostgreSQL or Redis Streams.
 */
export class SocketsAdapter extends IoAdapter {
  private constructor(
    app: INestApplication,
    private readonly carrier: Carrier,
  ) {
    super(app);
    this.app = app;
  }

  private readonly app: INestApplication;
  private opened = false;

  static async create(app: INestApplication): Promise<SocketsAdapter> {
    const { redisUrl } = app.get(Settings);
    const log = app.get(Log);
    return new SocketsAdapter(app, redisUrl ? await redis(redisUrl, log) : postgres(app.get(DatabaseAddress).url, log));
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const server = super.createIOServer(port, {
      ...options,
      transports: ['websocket'],
      serveClient: false,
      perMessageDeflate: false,
      maxHttpBufferSize: UP_BYTES,
      pingInterval: 10_000,
      pingTimeout: 10_000,
      adapter: this.carrier.adapter,
      allowRequest: (request, decide) => decide(null, this.fromHere(request.headers)),
    } as ServerOptions) as Server;
    if (!this.opened) this.app.get(Sockets).open(server);
    this.opened = true;
    return server;
  }

  async shutDown(): Promise<void> {
    await this.carrier.close();
  }

  /** A page of another site must not open a socket with our cookie. */
  private fromHere(headers: { origin?: string | undefined; host?: string | undefined }): boolean {
    if (headers.origin === undefined) return true;
    const host = URL.canParse(headers.origin) ? new URL(headers.origin).host : null;
    return host === headers.host || host === new URL(this.app.get(Settings).publicUrl).host;
  }
}

function postgres(url: string, log: Log): Carrier {
  const lost = (fault: Error): void => log.warn({ err: fault }, 'a connection for fleeting news was lost');
  const connections = new FleetingConnections(url, lost);
  return {
    adapter: overPostgres(connections as unknown as pg.Pool, {
      errorHandler: lost,
    }) as unknown as ServerOptions['adapter'],
    close: () => connections.close(),
  };
}

/** Loaded only where it is used: every start would be slower by a tenth. */
async function redis(url: string, log: Log): Promise<Carrier> {
  const [{ createClient }, { createAdapter: overRedis }] = await Promise.all([
    import('redis'),
    import('@socket.io/redis-streams-adapter'),
  ]);
  const client = createClient({ url });
  client.on('error', (fault: Error) => log.warn({ err: fault }, 'the connection to Redis was lost'));
  await client.connect();
  return {
    adapter: overRedis(client) as unknown as ServerOptions['adapter'],
    close: async () => client.destroy(),
  };
}
