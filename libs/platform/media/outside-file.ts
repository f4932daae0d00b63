import { lookup } from 'node:dns';
import { request as plainRequest, type IncomingMessage } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { pipeline, Transform, type Readable } from 'node:stream';
import { isPrivateLiteral, publicOnly } from '#libs/platform/outside/index.js';

/** Trying again would not help. */
export class OutsideRefused extends Error {
  constructor(
    readonly why: 'notOurs' | 'tooLarge' | 'gone',
    message: string,
  ) {
    super(message);
  }
}

export interface OutsideRules {
  /** Asked for the address and for each redirect: may it be fetched at all, and may it lead into a private network? */
  may: (url: string) => Promise<'no' | 'public' | 'anywhere'>;
  /** Bytes. */
  limit: number;
  /** From the first connection to the last byte. */
  wholeMs: number;
  /** Without a byte. */
  silenceMs: number;
  /** How a name becomes addresses; the system's own way unless a test says otherwise. */
  lookup?: typeof lookup;
}

const REDIRECTS = 3;

/**
 * Fetches a file from an address that a stranger wrote. The name is resolved once, and the connection goes to just the
 * address that was looked at: a name that answers differently the second time leads nowhere. Nothing is unpacked, and not
 * more is read than may be, whatever the head claims.
 *
 * Not `fetch`: it resolves by itself, follows by itself and unpacks by itself.
 */
export class OutsideFile {
  constructor(private readonly rules: OutsideRules) {}

  async open(address: string): Promise<Readable> {
    const until = Date.now() + this.rules.wholeMs;
    let url = address;
    for (let hop = 0; hop <= REDIRECTS; hop += 1) {
      const answer = await this.ask(url, until);
      const status = answer.statusCode ?? 0;
      if (status === 200) return this.body(answer, until);
      answer.destroy();
      if (status >= 300 && status < 400) {
        const next = answer.headers.location ?? '';
        if (!URL.canParse(next, url)) throw new OutsideRefused('gone', 'led nowhere');
        url = new URL(next, url).href;
        continue;
      }
      if (status >= 400 && status < 500 && status !== 429 && status !== 408)
        throw new OutsideRefused('gone', `answered ${status}`);
      throw new Error(`the other side answered ${status} for a file`);
    }
    throw new OutsideRefused('gone', 'too many redirects');
  }

  private async ask(address: string, until: number): Promise<IncomingMessage> {
    const may = await this.rules.may(address);
    if (may === 'no') throw new OutsideRefused('notOurs', 'not an address of the carrier');
    const url = new URL(address);
    if (may === 'public' && isPrivateLiteral(url)) throw inner();
    const start = url.protocol === 'https:' ? tlsRequest : plainRequest;
    return new Promise((resolve, reject) => {
      const request = start(url, {
        // No connection is kept: it would be found again by name, past the look at its address.
        agent: false,
        headers: { accept: '*/*', 'accept-encoding': 'identity' },
        ...(may === 'public' ? { lookup: publicOnly(this.rules.lookup ?? lookup, inner) } : {}),
      });
      const clock = setTimeout(() => request.destroy(new Error('took too long')), Math.max(1, until - Date.now()));
      let said: IncomingMessage | undefined;
      request.setTimeout(this.rules.silenceMs, () => (said ?? request).destroy(new Error('fell silent')));
      request.once('error', (fault) => {
        clearTimeout(clock);
        reject(fault);
      });
      request.once('response', (answer) => {
        clearTimeout(clock);
        said = answer;
        resolve(answer);
      });
      request.end();
    });
  }

  private body(answer: IncomingMessage, until: number): Readable {
    const { limit } = this.rules;
    const tooLarge = (): OutsideRefused => new OutsideRefused('tooLarge', `larger than ${limit} bytes`);
    if (Number(answer.headers['content-length'] ?? 0) > limit) {
      answer.destroy();
      throw tooLarge();
    }
    let size = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length;
        if (size > limit) done(tooLarge());
        else done(null, chunk);
      },
    });
    const clock = setTimeout(() => answer.destroy(new Error('took too long')), Math.max(1, until - Date.now()));
    // A fault of either side ends both; whoever reads hears of it.
    pipeline(answer, measure, () => clearTimeout(clock));
    return measure;
  }
}

function inner(): OutsideRefused {
  return new OutsideRefused('notOurs', 'leads into a private network');
}
