import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser } from '../support/chromium.js';

/** A browser's memory: what it keeps of the pages it has seen, and where it has been since it was handed out. */
interface Memory {
  context: BrowserContext;
  kind: string;
  seen: Set<string>;
  /** Keeps the process alive in which the next page will run. */
  parked?: Page;
}

/**
 * Browser windows, each as good as new to the pages in it: a page of its own, no cookie, nothing kept, no permission, the line
 * up. What stays is the browser's own: its cache of files, its process with fonts and scripts read, as at a real desk. Anew
 * for every window, that was most of what these tests did.
 */
export class Windows {
  private readonly free: Memory[] = [];
  private readonly used: Memory[] = [];

  private static one: Promise<Windows> | undefined;

  private constructor(private readonly browser: Browser) {}

  /** Of one browser for all the files that a worker runs; it ends with the worker. */
  static async ofThisWorker(): Promise<Windows> {
    const before = await Windows.one?.catch(() => undefined);
    if (!before?.browser.isConnected())
      Windows.one = launchBrowser({ args: ['--process-per-site'] }).then((browser) => new Windows(browser));
    return Windows.one!;
  }

  async open(options: BrowserContextOptions): Promise<Page> {
    const kind = JSON.stringify(Object.entries(options).toSorted());
    const place = this.free.findIndex((each) => each.kind === kind);
    const memory = this.free.splice(place, place === -1 ? 0 : 1)[0] ?? (await this.fresh(kind, options));
    this.used.push(memory);
    const page = await memory.context.newPage();
    await forget(memory, page);
    return page;
  }

  /** All of them, also tabs that the pages or the tests opened. */
  async closeAll(): Promise<void> {
    await Promise.all(
      this.used.splice(0).map(async (memory) => {
        const { context } = memory;
        await context.setOffline(false);
        memory.parked ??= await park(memory);
        for (const page of context.pages()) if (page !== memory.parked) await page.close();
        await context.clearPermissions();
        await context.clearCookies();
        this.free.push(memory);
      }),
    );
  }

  private async fresh(kind: string, options: BrowserContextOptions): Promise<Memory> {
    const context = await this.browser.newContext(options);
    context.setDefaultTimeout(25_000);
    const seen = new Set<string>();
    context.on('page', (page) =>
      page.on('framenavigated', (frame) => {
        if (frame.url().startsWith('http')) seen.add(new URL(frame.url()).origin);
      }),
    );
    return { context, kind, seen };
  }
}

/** On a page of no weight, at a server that may be gone by now: then the next window will leave one. */
async function park({ context, seen }: Memory): Promise<Page | undefined> {
  const [origin] = seen;
  if (origin === undefined) return undefined;
  const page = await context.newPage();
  return page.goto(`${origin}/healthz`).then(
    () => page,
    () => undefined,
  );
}

/** Once no page is open that might write something once more. */
async function forget({ context, seen }: Memory, page: Page): Promise<void> {
  if (seen.size === 0) return;
  const session = await context.newCDPSession(page);
  const storageTypes = 'local_storage,indexeddb,cache_storage,service_workers,file_systems';
  for (const origin of seen) await session.send('Storage.clearDataForOrigin', { origin, storageTypes });
  await session.detach();
  seen.clear();
}
