import { randomUUID } from 'node:crypto';
import type { ErrorBody, MessageView, PostContent, UploadView } from '#libs/contracts/index.js';
import type { AgentDesk, Answer } from './agent-desk.js';
import { eventually } from './eventually.js';

const encoded = (text: string): string => Buffer.from(text).toString('base64');

/** tus 1.0 as a browser speaks it, by hand: so that a line can be cut wherever a test wants. */
export class Uploading {
  private constructor(
    private readonly desk: AgentDesk,
    private readonly origin: string,
    readonly id: string,
    private readonly bytes: Buffer,
  ) {}

  static async begins(
    desk: AgentDesk,
    file: { name: string; type: string; size: number },
    origin = desk.url,
  ): Promise<Response> {
    return fetch(`${origin}/api/uploads`, {
      method: 'POST',
      headers: {
        cookie: desk.cookie,
        'tus-resumable': '1.0.0',
        'upload-length': String(file.size),
        'upload-metadata': `filename ${encoded(file.name)},filetype ${encoded(file.type)}`,
      },
    });
  }

  static async of(desk: AgentDesk, name: string, type: string, bytes: Buffer, origin = desk.url): Promise<Uploading> {
    const begun = await Uploading.begins(desk, { name, type, size: bytes.length }, origin);
    if (begun.status !== 201) throw new Error(`the upload was answered ${begun.status}: ${await begun.text()}`);
    return new Uploading(desk, origin, begun.headers.get('location')!.split('/').pop()!, bytes);
  }

  /** How many bytes the server says it has. */
  async offset(): Promise<number> {
    const answer = await this.call('HEAD');
    if (answer.status !== 200) throw new Error(`asked for the offset, answered ${answer.status}`);
    return Number(answer.headers.get('upload-offset'));
  }

  /** The next piece; resolves with what the server then has. */
  async piece(from: number, to = this.bytes.length, desk = this.desk): Promise<Response> {
    return this.call('PATCH', desk, this.bytes.subarray(from, to), {
      'upload-offset': String(from),
      'content-type': 'application/offset+octet-stream',
    });
  }

  call(method: string, desk = this.desk, body?: Buffer, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.origin}/api/uploads/${this.id}`, {
      method,
      headers: { cookie: desk.cookie, 'tus-resumable': '1.0.0', ...headers },
      ...(body ? { body: new Uint8Array(body) } : {}),
    });
  }

  view(desk = this.desk): Promise<UploadView> {
    return desk.get(`/api/uploads/${this.id}`);
  }

  /** Ready, or refused. */
  settled(): Promise<UploadView> {
    return eventually(async () => {
      const view = await this.view();
      return view.state === 'ready' || view.state === 'refused' ? view : null;
    }, 'the file to be looked at');
  }

  async whole(): Promise<UploadView> {
    const answer = await this.piece(0);
    if (answer.status !== 204) throw new Error(`the piece was answered ${answer.status}: ${await answer.text()}`);
    return this.settled();
  }
}

/** An agent sends what is no words. */
export function postsContent(
  desk: AgentDesk,
  conversationId: string,
  content: PostContent | object,
  clientId: string = randomUUID(),
): Promise<Answer<MessageView & ErrorBody>> {
  return desk.send('POST', `/api/conversations/${conversationId}/messages`, { clientId, content });
}
