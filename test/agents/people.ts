import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { WebSocketGateway } from '@nestjs/websockets';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { Accounts, AccountsModule, accountsSchema } from '#libs/accounts/index.js';
import type { Account } from '#libs/accounts/index.js';
import { Agents, AgentsModule, agentsSchema } from '#libs/agents/index.js';
import type { AgentView, CreateAgentBody, SessionView } from '#libs/contracts/index.js';
import { AccessModule, SESSION_COOKIE } from '#libs/platform/access/index.js';
import { DatabaseModule, Transactions, migrate } from '#libs/platform/database/index.js';
import { NAMESPACE, RealtimeModule, SocketsAdapter, realtimeSchema } from '#libs/platform/realtime/index.js';
import { Settings, SettingsModule } from '#libs/platform/settings/index.js';
import { ErrorFilter, Log, TelemetryModule, validationPipe } from '#libs/platform/telemetry/index.js';

export const PASSWORD = 'a long enough password';

/** Opens the socket server; the console's own gateway does that in the whole house. */
@WebSocketGateway({ namespace: NAMESPACE })
class Door {}

/** One node with the rooms that are about people, and nothing above them. */
export class PeopleNode {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly url: string,
    private readonly adapter: SocketsAdapter,
  ) {}

  static async start(databaseUrl: string, values: Partial<Settings> = {}): Promise<PeopleNode> {
    const schemas = [realtimeSchema, accountsSchema, agentsSchema];
    await migrate(databaseUrl, schemas);
    const settings = new Settings({
      port: 0,
      databaseUrl,
      masterKey: Buffer.alloc(32, 7).toString('base64'),
      ...values,
    });

    @Module({
      imports: [
        SettingsModule.forRoot(settings),
        TelemetryModule.forRoot(Log.create('silent')),
        DatabaseModule.forRoot({ url: databaseUrl, schemas, poolSize: 5 }),
        RealtimeModule,
        AccessModule,
        AccountsModule,
        AgentsModule,
      ],
      providers: [Door],
    })
    class People {}

    const app = await NestFactory.create<NestFastifyApplication>(People, new FastifyAdapter(), { logger: false });
    app.setGlobalPrefix('api');
    app.useGlobalPipes(validationPipe());
    app.useGlobalFilters(new ErrorFilter(app.get(Log)));
    const adapter = await SocketsAdapter.create(app);
    app.useWebSocketAdapter(adapter);
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    return new PeopleNode(app, `http://127.0.0.1:${port}`, adapter);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.adapter.shutDown();
  }

  async account(name = 'Madoguchi Bank'): Promise<Account> {
    return await this.app.get(Transactions).run((tx) => this.app.get(Accounts).create(tx, { name }));
  }

  async person(body: Partial<CreateAgentBody> = {}): Promise<AgentView> {
    const email = `${randomUUID()}@people.example`;
    const whole = { name: 'Aoi', email, password: PASSWORD, role: 'agent' as const, accountIds: [], ...body };
    return await this.app.get(Transactions).run((tx) => this.app.get(Agents).create(tx, whole));
  }

  /** A browser in front of this node. */
  desk(): Desk {
    return new Desk(this.url);
  }

  async signedInDesk(person: Pick<AgentView, 'email'>): Promise<Desk> {
    const desk = this.desk();
    const answer = await desk.signsIn(person.email);
    if (answer.status !== 200) throw new Error(`sign-in was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return desk;
  }
}

export interface Answer<B> {
  status: number;
  body: B;
  headers: Headers;
}

export interface Fault {
  error: { code: string; message: string; fields?: { field: string; rule: string; limit?: number }[] };
}

/** Keeps its cookie like a browser. */
export class Desk {
  cookie: string | undefined;

  constructor(readonly url: string) {}

  /** The same browser, reaching another node. */
  at(node: PeopleNode): Desk {
    const desk = node.desk();
    desk.cookie = this.cookie;
    return desk;
  }

  async signsIn(email: string, password = PASSWORD): Promise<Answer<SessionView & Fault>> {
    return await this.send('POST', '/api/session', { email, password });
  }

  async send<B>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<B>> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.cookie === undefined ? {} : { cookie: this.cookie }),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const set = response.headers.getSetCookie()[0]?.split(';')[0];
    if (set !== undefined) this.cookie = set.endsWith('=') ? undefined : set;
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (text ? JSON.parse(text) : undefined) as B };
  }

  get token(): string | undefined {
    return this.cookie?.slice(SESSION_COOKIE.length + 1);
  }

  /** A socket that has not connected yet; it never comes back by itself, so that a cut stays visible. */
  socket(by: 'cookie' | 'token' = 'cookie'): Socket {
    return io(this.url + NAMESPACE, {
      transports: ['websocket'],
      autoConnect: false,
      reconnection: false,
      forceNew: true,
      ...(by === 'cookie' ? { extraHeaders: { cookie: this.cookie ?? '' } } : { auth: { token: this.token ?? '' } }),
    });
  }

  async connected(by: 'cookie' | 'token' = 'cookie'): Promise<Socket> {
    const socket = this.socket(by);
    cuts.set(socket, new Promise((resolve) => socket.once('disconnect', resolve)));
    const refused = await connects(socket);
    if (refused !== null) throw refused;
    return socket;
  }
}

/** Null once it is connected, else why not. */
export function connects(socket: Socket): Promise<Error | null> {
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(null));
    socket.once('connect_error', resolve);
    socket.connect();
  });
}

const cuts = new WeakMap<Socket, Promise<string>>();

/** Why it was cut, also when that was before anybody asked. */
export function cut(socket: Socket): Promise<string> {
  return cuts.get(socket) ?? Promise.reject(new Error('This socket never connected.'));
}
