import http from 'node:http';
import https from 'node:https';

export interface Posted {
  ok: boolean;
  /** The status, or why there was none. */
  answer: string;
}

/** Posts JSON over connections that stay open. Node's own client, because a webhook under load must not queue for a socket. */
export class WebhookPoster {
  private readonly plain = new http.Agent({
    keepAlive: true,
    maxSockets: 2048,
    maxFreeSockets: 256,
    scheduling: 'lifo',
  });
  private readonly secure = new https.Agent({ keepAlive: true, maxSockets: 2048, maxFreeSockets: 256 });

  constructor(private readonly timeoutMs: number) {}

  async post(url: string, body: string, verificationToken: string | undefined): Promise<Posted> {
    const posted = await this.once(url, body, verificationToken);
    // The other side closed an idle connection in the moment in which we used it again: nothing was read there.
    return posted === 'stale' ? this.settle(await this.once(url, body, verificationToken)) : posted;
  }

  close(): void {
    this.plain.destroy();
    this.secure.destroy();
  }

  private settle(posted: Posted | 'stale'): Posted {
    return posted === 'stale' ? { ok: false, answer: 'connection closed' } : posted;
  }

  private once(url: string, body: string, verificationToken: string | undefined): Promise<Posted | 'stale'> {
    return new Promise((resolve) => {
      const bytes = Buffer.from(body);
      const secure = url.startsWith('https:');
      const request = (secure ? https : http).request(url, {
        method: 'POST',
        agent: secure ? this.secure : this.plain,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-length': bytes.length,
          ...(verificationToken ? { authorization: verificationToken } : {}),
        },
      });
      request.setTimeout(this.timeoutMs, () => request.destroy(new Error('no answer in time')));
      request.on('error', (error: NodeJS.ErrnoException) => {
        if (request.reusedSocket && error.code === 'ECONNRESET') resolve('stale');
        else resolve({ ok: false, answer: error.code ?? error.message });
      });
      request.on('response', (response) => {
        const status = response.statusCode ?? 0;
        response.on('error', () => undefined);
        response.resume();
        resolve({ ok: status >= 200 && status < 300, answer: String(status) });
      });
      request.end(bytes);
    });
  }
}
