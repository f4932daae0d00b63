import { HttpLine } from '../load/http-line.js';
import { closedLoop } from '../load/loops.js';
import type { Stage } from '../stage.js';

const MB = 1024 ** 2;

/** Memory of one console while it takes in very many messages; what is left after garbage was collected. */
export async function heap(stage: Stage, messages: number, step: number, say: (line: string) => void): Promise<void> {
  const site = await stage.site('large');
  const console = await stage.freshConsole('large');
  const lines = await HttpLine.many(console.url, 64);
  const tell = async (stored: number): Promise<number> => {
    const { heapUsed, rss, external } = await console.memory();
    const [used, whole, outside] = [heapUsed, rss, external].map((bytes) => (bytes / MB).toFixed(1).padStart(7));
    say(`${String(stored).padStart(8)} messages   heap ${used} MB   external ${outside} MB   RSS ${whole} MB`);
    return heapUsed;
  };
  await closedLoop(lines, 1, () => site.customers.webhook());
  await tell(0);
  const marks: number[] = [];
  for (let stored = 0; stored < messages;) {
    let left = step;
    await closedLoopOf(
      lines,
      () => left-- > 0,
      () => site.customers.webhook(),
    );
    stored += step;
    marks.push(await tell(stored));
  }
  lines.forEach((line) => line.close());
  const growth = (marks.at(-1)! - marks[0]!) / MB;
  say(`from ${step} to ${messages} messages the heap changed by ${growth.toFixed(1)} MB`);
}

async function closedLoopOf(lines: HttpLine[], more: () => boolean, next: () => string): Promise<void> {
  await Promise.all(
    lines.map(async (line) => {
      while (more()) {
        const { status } = await line.ask(next());
        if (status !== 200) throw new Error(`a webhook was answered ${status}`);
      }
    }),
  );
}
