import { join } from 'node:path';
import { Bots } from './bots/bots.js';
import { Carriage } from './carriage.js';
import { Faults } from './faults.js';
import { Files } from './files.js';
import { Handsets } from './handsets/handsets.js';
import { Journal } from './journal.js';
import { Live } from './live.js';
import { Tokens } from './maap/tokens.js';
import { WireEvents } from './maap/wire-event.js';
import { Threads } from './threads/threads.js';
import { WebhookPoster } from './webhooks/post.js';
import { WebhookQueue, type WebhookRetry } from './webhooks/webhook-queue.js';

export interface WorldOptions {
  /** Where state is kept over restarts; null keeps everything in memory. */
  directory: string | null;
  retry: WebhookRetry;
  webhookTimeoutMs: number;
}

/** Everything the simulator knows, joined. */
export interface World {
  journal: Journal;
  live: Live;
  bots: Bots;
  handsets: Handsets;
  threads: Threads;
  files: Files;
  faults: Faults;
  tokens: Tokens;
  carriage: Carriage;
  webhooks: WebhookQueue;
}

export async function openWorld(options: WorldOptions): Promise<World> {
  const { directory } = options;
  const journal = await Journal.open(directory && join(directory, 'journal.jsonl'));
  const live = new Live();
  const bots = new Bots(journal, live);
  const handsets = new Handsets(journal);
  const threads = new Threads(journal, live);
  const files = new Files(journal, directory && join(directory, 'files'));
  const faults = new Faults();
  const carriage = new Carriage(threads, handsets, faults);
  const wire = new WireEvents(threads, handsets, files);
  const webhooks = new WebhookQueue(bots, new WebhookPoster(options.webhookTimeoutMs), journal, options.retry, {
    body: (job) => wire.write(job.event),
    tried: (job, taken, answer) => carriage.tried(job, taken, answer),
  });
  carriage.webhooks = webhooks;
  return { journal, live, bots, handsets, threads, files, faults, tokens: new Tokens(bots), carriage, webhooks };
}

/** Once the simulator listens and its bots are known: what the last run left goes on. */
export function resumeWorld({ webhooks, carriage, journal }: World): void {
  webhooks.resume();
  carriage.resume();
  journal.release();
}

export async function closeWorld({ live, threads, carriage, webhooks, journal }: World): Promise<void> {
  live.close();
  threads.close();
  carriage.close();
  await webhooks.close();
  await journal.close();
}
