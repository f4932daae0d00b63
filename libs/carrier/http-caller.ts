import { Agent as PlainAgent, request as plainRequest, type IncomingHttpHeaders } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';

export interface HttpCall {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  url: string;
  headers?: Record<string, string>;
  body?: string;
  timeoutMs: number;
}

export type HttpResult =
  | { kind: 'answered'; status: number; headers: IncomingHttpHeaders; body: string }
  /** No connection came about, so the other side knows nothing. */
  | { kind: 'not-sent'; detail: string }
  /** A connection stood and no whole answer came: the other side may have acted. */
  | { kind: 'lost'; detail: string };

const answerLimit = 1024 * 1024;

// An idle connection is given up before common servers (5 s and more) give it up: a request written into a closing
// connection would be lost, and on a wire without a key that means "unknown" for no reason.
const reuse = { keepAlive: true, timeout: 4_000, maxSockets: 64, maxFreeSockets: 32, scheduling: 'lifo' } as const;

/**
 * HTTP that tells apart what a sender must know: never reached, answered, or lost in between.
 *
 * Not `fetch`: its errors do not say whether a connection stood before the time was over, and it follows redirects and
 * repeats requests by rules of its own.
 */
export class HttpCaller {
  private readonly plain = new PlainAgent(reuse);
  private readonly tls = new TlsAgent(reuse);

  async call(call: HttpCall): Promise<HttpResult> {
    let url: URL;
    try {
      url = new URL(call.url);
    } catch {
      return { kind: 'not-sent', detail: 'not an address' };
    }
    if (url.protocol === 'https:') return this.run(url, call, tlsRequest, this.tls, 'secureConnect');
    if (url.protocol === 'http:') return this.run(url, call, plainRequest, this.plain, 'connect');
    return { kind: 'not-sent', detail: `not an address of the web: ${url.protocol}` };
  }

  close(): void {
    this.plain.destroy();
    this.tls.destroy();
  }

  private run(
    url: URL,
    call: HttpCall,
    start: typeof plainRequest,
    agent: PlainAgent,
    ready: 'connect' | 'secureConnect',
  ): Promise<HttpResult> {
    return new Promise((resolve) => {
      let connected = false;
      const failed = (fault: NodeJS.ErrnoException): void => {
        clearTimeout(clock);
        resolve({ kind: connected ? 'lost' : 'not-sent', detail: fault.code ?? fault.message });
      };
      const headers = {
        ...call.headers,
        ...(call.body === undefined ? {} : { 'content-length': byteLength(call.body) }),
      };
      let clock: NodeJS.Timeout | undefined;
      try {
        const request = start(url, { method: call.method, headers, agent });
        clock = setTimeout(() => request.destroy(new Error(`no answer within ${call.timeoutMs} ms`)), call.timeoutMs);
        request.once('socket', (socket) => {
          if (socket.connecting) socket.once(ready, () => (connected = true));
          else connected = true;
        });
        request.on('error', failed);
        request.once('response', (response) => {
          const chunks: Buffer[] = [];
          let size = 0;
          response.on('data', (chunk: Buffer) => {
            size += chunk.length;
            if (size > answerLimit) request.destroy(new Error('the answer is too long'));
            else chunks.push(chunk);
          });
          response.on('error', failed);
          response.once('end', () => {
            clearTimeout(clock);
            const body = Buffer.concat(chunks).toString('utf8');
            resolve({ kind: 'answered', status: response.statusCode ?? 0, headers: response.headers, body });
          });
        });
        request.end(call.body);
      } catch (fault) {
        // Only a header or a path that Node refuses to write; its text would carry the value.
        failed(Object.assign(new Error('unusable request'), { code: (fault as NodeJS.ErrnoException).code }));
      }
    });
  }
}

function byteLength(text: string): string {
  return String(Buffer.byteLength(text));
}
