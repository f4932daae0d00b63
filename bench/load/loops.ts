import { HttpLine, type Answer } from './http-line.js';

export interface Burst {
  perSecond: number;
  /** Milliseconds of each answer, in no order. */
  latencies: number[];
}

/** Everybody asks again as soon as they were answered. Any answer but 2xx ends the run: it would not be comparable. */
export async function closedLoop(lines: HttpLine[], seconds: number, next: () => string): Promise<Burst> {
  const latencies: number[] = [];
  const started = performance.now();
  const until = started + seconds * 1000;
  await Promise.all(
    lines.map(async (line) => {
      while (performance.now() < until) {
        const asked = performance.now();
        mustBeGood(await line.ask(next()));
        latencies.push(performance.now() - asked);
      }
    }),
  );
  return { perSecond: latencies.length / ((performance.now() - started) / 1000), latencies };
}

/**
 * So many a second, whether or not they are answered. `fire` must return at once; what it takes until an answer is
 * measured from there, so that a late timer of ours is not held against the server.
 */
export async function openLoop(rate: number, seconds: number, fire: (index: number) => void): Promise<void> {
  const total = Math.round(rate * seconds);
  const started = performance.now();
  let fired = 0;
  await new Promise<void>((done) => {
    const timer = setInterval(() => {
      const due = Math.min(total, Math.floor(((performance.now() - started) / 1000) * rate) + 1);
      while (fired < due) fire(fired++);
      if (fired < total) return;
      clearInterval(timer);
      done();
    }, 1);
  });
}

/** Connections for an open loop: as many as are busy at once. */
export class Lines {
  private readonly free: HttpLine[] = [];
  private readonly all: HttpLine[] = [];

  private constructor(private readonly url: string) {}

  static async open(url: string, count = 32): Promise<Lines> {
    const lines = new Lines(url);
    lines.all.push(...(await HttpLine.many(url, count)));
    lines.free.push(...lines.all);
    return lines;
  }

  async ask(request: string): Promise<Answer> {
    const line = this.one() ?? (await this.another());
    const answer = mustBeGood(await line.ask(request));
    this.free.push(line);
    return answer;
  }

  close(): void {
    for (const line of this.all) line.close();
  }

  private one(): HttpLine | undefined {
    for (let line = this.free.pop(); line; line = this.free.pop()) if (!line.closed) return line;
    return undefined;
  }

  private async another(): Promise<HttpLine> {
    if (this.all.length >= 2_000) throw new Error('2,000 requests wait for their answer; the rate is too high');
    const line = await HttpLine.open(this.url);
    this.all.push(line);
    return line;
  }
}

export function mustBeGood(answer: Answer): Answer {
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw new Error(`answered ${answer.status}: ${answer.body.toString('utf8').slice(0, 300)}`);
}
