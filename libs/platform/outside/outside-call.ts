import { lookup } from 'node:dns';
import { request as plainRequest, type IncomingMessage } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { isPrivateLiteral, publicOnly } from './public-only.js';

export interface OutsideCallOptions {
  url: string;
  headers: Record<string, string>;
  body: string;
  /** May it lead into a private network? */
  inside: boolean;
  /** Bytes of the answer. */
  limit: number;
  /** Everything ends with it. */
  signal: AbortSignal;
  /** How a name becomes addresses; the system's own way unless a test says otherwise. */
  lookup?: typeof lookup;
}

export interface OutsideAnswer {
  status: number;
  body: string;
}

/** `connection`: not a byte of an answer came, so it may be tried again; nobody knows whether the question arrived. */
export type OutsideCallFault = 'connection' | 'private' | 'tooLarge' | 'redirect' | 'ended';

export class OutsideCallFailed extends Error {
  constructor(
    readonly why: OutsideCallFault,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Posts JSON to an address that somebody typed in. It follows nothing, unpacks nothing, keeps no connection, and reads no
 * more than it may, whatever the head claims.
 *
 * Not `fetch`: it resolves by itself, follows by itself and unpacks by itself.
 */
export function callOutside(options: OutsideCallOptions): Promise<OutsideAnswer> {
  const { url: address, body, signal } = options;
  const inner = (): OutsideCallFailed => new OutsideCallFailed('private', 'it leads into a private network');
  const ended = (): OutsideCallFailed => new OutsideCallFailed('ended', 'the time was over');
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(ended());
    const url = new URL(address);
    if (!options.inside && isPrivateLiteral(url)) return reject(inner());
    const start = url.protocol === 'https:' ? tlsRequest : plainRequest;
    const request = start(url, {
      method: 'POST',
      // No connection is kept: it would be found again by name, past the look at its address.
      agent: false,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        accept: 'application/json',
        'accept-encoding': 'identity',
        'content-length': Buffer.byteLength(body),
        ...options.headers,
      },
      ...(options.inside ? {} : { lookup: publicOnly(options.lookup ?? lookup, inner) }),
    });
    const end = (): void => void request.destroy(ended());
    const settle = <T>(tell: (value: T) => void, value: T): void => {
      signal.removeEventListener('abort', end);
      tell(value);
    };
    signal.addEventListener('abort', end, { once: true });
    let answered = false;
    request.on('error', (fault) => {
      const known = fault instanceof OutsideCallFailed;
      settle(reject, known || answered ? fault : new OutsideCallFailed('connection', codeOf(fault)));
    });
    request.once('response', (answer) => {
      answered = true;
      read(answer, options.limit).then(
        (read) => settle(resolve, read),
        (fault: Error) => {
          settle(reject, signal.aborted ? ended() : fault);
          answer.destroy();
        },
      );
    });
    request.end(body);
  });
}

async function read(answer: IncomingMessage, limit: number): Promise<OutsideAnswer> {
  const status = answer.statusCode ?? 0;
  if (status >= 300 && status < 400)
    throw new OutsideCallFailed('redirect', `it answered ${status}; nothing is followed`);
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > limit) throw new OutsideCallFailed('tooLarge', `the answer is larger than ${limit} bytes`);
    parts.push(part);
  }
  return { status, body: Buffer.concat(parts).toString('utf8') };
}

/** Without the address: what was typed in may hold a secret. */
function codeOf(fault: Error): string {
  return 'code' in fault && typeof fault.code === 'string' ? fault.code : 'the connection failed';
}
