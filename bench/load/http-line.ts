import { connect, type Socket } from 'node:net';

export interface Answer {
  status: number;
  body: Buffer;
}

const END_OF_HEAD = Buffer.from('\r\n\r\n');

/**
 * One connection that asks and waits for the answer, over and over. On two cores a full HTTP client would take as much
 * of the machine as the server it measures; this one only looks for the status and the length.
 */
export class HttpLine {
  private waiting: { resolve: (answer: Answer) => void; reject: (fault: Error) => void } | null = null;
  private chunks: Buffer[] = [];

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.read(chunk));
    socket.on('error', (fault) => this.fail(fault));
    socket.on('close', () => this.fail(new Error('the server closed the connection')));
  }

  static open(url: string): Promise<HttpLine> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      socket.once('error', reject);
      socket.once('connect', () => resolve(new HttpLine(socket)));
    });
  }

  static many(url: string, count: number): Promise<HttpLine[]> {
    return Promise.all(Array.from({ length: count }, () => HttpLine.open(url)));
  }

  /** The server has let it go, as it does with one that nobody used for a while. */
  get closed(): boolean {
    return !this.socket.writable;
  }

  get busy(): boolean {
    return this.waiting !== null;
  }

  ask(request: Buffer | string): Promise<Answer> {
    if (this.waiting) throw new Error('the line is busy');
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(request);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private read(chunk: Buffer): void {
    this.chunks.push(chunk);
    const said = this.chunks.length === 1 ? chunk : Buffer.concat(this.chunks);
    const head = said.indexOf(END_OF_HEAD);
    if (head < 0) return;
    const words = said.toString('latin1', 0, head);
    const length = /\r\ncontent-length: *(\d+)/i.exec(words);
    const start = head + END_OF_HEAD.length;
    const status = Number(words.slice(9, 12));
    if (!length && status !== 204) return this.fail(new Error(`an answer without a length: ${words}`));
    const end = start + Number(length?.[1] ?? 0);
    if (said.length < end) {
      this.chunks = [said];
      return;
    }
    this.chunks = [];
    const waiting = this.waiting;
    this.waiting = null;
    waiting?.resolve({ status, body: said.subarray(start, end) });
  }

  private fail(fault: Error): void {
    const waiting = this.waiting;
    this.waiting = null;
    waiting?.reject(fault);
  }
}

/** A whole request as it goes over the wire. */
export function request(method: string, path: string, headers: Record<string, string>, body?: string): string {
  const lines = [`${method} ${path} HTTP/1.1`, 'host: 127.0.0.1'];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  if (body !== undefined) lines.push('content-type: application/json', `content-length: ${Buffer.byteLength(body)}`);
  return `${lines.join('\r\n')}\r\n\r\n${body ?? ''}`;
}
