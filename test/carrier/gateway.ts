import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Connection } from '#libs/accounts/index.js';

export interface Heard {
  method: string;
  /** As written on the wire, unescaped by nobody. */
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
  /** Which of the gateway's connections it came over: 1, 2, … */
  connection: number;
}

type Answer = (heard: Heard, response: ServerResponse, request: IncomingMessage) => void;

/** A carrier's gateway on a real port that answers as the test says and remembers what it heard. */
export interface Gateway {
  origin: string;
  heard: Heard[];
  answer(answer: Answer): void;
  close(): Promise<void>;
}

export async function openGateway(): Promise<Gateway> {
  const heard: Heard[] = [];
  const connections = new Map<Socket, number>();
  let answer: Answer = (_heard, response) => json(response, 500, {});
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers, socket } = request;
      const one = {
        method,
        path,
        headers,
        body: Buffer.concat(chunks).toString(),
        connection: connections.get(socket) ?? 0,
      };
      heard.push(one);
      answer(one, response, request);
    });
  });
  server.on('connection', (socket) => connections.set(socket, connections.size + 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    answer: (next) => (answer = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

export function connectionTo(origin: string, changes: Partial<Connection> = {}): Connection {
  return {
    id: '7',
    accountId: '3',
    wire: 'maap',
    connectionKey: 'key',
    settings: { baseUrl: `${origin}/rcs/bot/v1`, botId: 'demo@botplatform.example' },
    credentials: { token: 'static' },
    active: true,
    ...changes,
  };
}

/** A connection whose token comes from the gateway's token door. */
export function connectionWithFetchedToken(origin: string): Connection {
  const { settings } = connectionTo(origin);
  return connectionTo(origin, {
    settings: { ...settings, tokenUrl: `${origin}/oauth2/v1/token` },
    credentials: { clientId: 'demo@botplatform.example', clientSecret: 'secret' },
  });
}
