import type { BrowserContextOptions, Page } from 'playwright-core';
import type { BotsOptions } from '#libs/bots/index.js';
import type { CreateAgentBody } from '#libs/contracts/index.js';
import type { AgentDesk } from '../support/agent-desk.js';
import type { Customer } from '../support/customer.js';
import { World, type OfficialAccount } from '../support/world.js';
import { ConsoleWindow } from './console-window.js';
import { HandsetWindow } from './handset-window.js';
import { Windows } from './windows.js';

export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

interface WindowOptions extends BrowserContextOptions {
  /** Where to begin. */
  path?: string;
  /** What this desk prefers, as the client keeps it. */
  preferences?: {
    locale?: 'ja' | 'en' | null;
    sendKey?: 'modEnter' | 'enter';
    shortcuts?: boolean;
    undoSeconds?: 0 | 5 | 10;
    confirmSend?: boolean;
  };
  /** Waits until the list is there; a window that is to fail cannot. */
  ready?: boolean;
  /** What may be opened later is fetched ahead: wanted where the line is cut and something is opened all the same. */
  ahead?: boolean;
}

/** A world with one official account, and a real browser before it. */
export class Office {
  private constructor(
    private readonly windows: Windows,
    readonly world: World,
    readonly account: OfficialAccount,
  ) {}

  /** @param bots modules that answer in this console */
  static async open(bots: BotsOptions['bots'] = []): Promise<Office> {
    const house = World.open({}, {}, undefined, undefined, bots);
    const [windows, world] = await Promise.all([Windows.ofThisWorker(), house]);
    return new Office(windows, world, await world.account());
  }

  agent(body: Partial<CreateAgentBody> = {}): Promise<AgentDesk> {
    return this.world.agent(this.account, body);
  }

  customer(handset: object = {}): Promise<Customer> {
    return this.world.customer(this.account, handset);
  }

  /** A customer who has written, and the conversation that came of it. */
  async caller(desk: AgentDesk, text: string, handset: object = {}): Promise<{ customer: Customer; id: string }> {
    const customer = await this.customer(handset);
    await customer.writes(text);
    return { customer, id: (await desk.conversationWith(customer)).id };
  }

  /** A browser window of somebody who is signed in already. */
  async window(desk: AgentDesk, options: WindowOptions = {}): Promise<ConsoleWindow> {
    const [name, value] = desk.cookie.split('=') as [string, string];
    const window = await this.emptyWindow(desk.url, options, { name, value, url: desk.url });
    await window.goes(options.path ?? '/?view=all');
    if (options.ready !== false) await window.ready();
    return window;
  }

  /** Another tab of the same browser. */
  async secondTab(first: ConsoleWindow, path = '/?view=all'): Promise<ConsoleWindow> {
    const window = new ConsoleWindow(await first.page.context().newPage(), first.url);
    await window.routeLine();
    await window.goes(path);
    await window.ready();
    return window;
  }

  /** A browser window of nobody. */
  async emptyWindow(
    url: string,
    { preferences, path: _, ready: __, ahead = false, ...options }: WindowOptions = {},
    cookie?: { name: string; value: string; url: string },
  ): Promise<ConsoleWindow> {
    const page = await this.page(options);
    if (cookie) await page.context().addCookies([cookie]);
    if (!ahead) await neverIdle(page);
    if (preferences) {
      const stored = JSON.stringify({ locale: null, sendKey: 'modEnter', shortcuts: true, ...preferences });
      await page.addInitScript((text) => localStorage.setItem('madoguchi.preferences', text), stored);
    }
    const window = new ConsoleWindow(page, url);
    await window.routeLine();
    return window;
  }

  /** The customer's own phone, on the simulator's page. */
  async handset(customer: Customer, options: BrowserContextOptions = {}): Promise<HandsetWindow> {
    const window = new HandsetWindow(await this.page(options), customer);
    await window.open(this.world.simulator.url);
    return window;
  }

  /** After each test: no window stays open. */
  closeWindows(): Promise<void> {
    return this.windows.closeAll();
  }

  async close(): Promise<void> {
    await this.closeWindows();
    await this.world.close();
  }

  private page(options: BrowserContextOptions): Promise<Page> {
    return this.windows.open({
      viewport: desktop,
      locale: 'ja-JP',
      timezoneId: 'Asia/Tokyo',
      reducedMotion: 'reduce',
      ...options,
    });
  }
}

/** As in the first seconds of a busy morning: a hundred files that nobody may ask for are not fetched yet. */
function neverIdle(page: Page): Promise<unknown> {
  return page.addInitScript(() =>
    Object.assign(globalThis, { requestIdleCallback: () => 0, cancelIdleCallback: () => {} }),
  );
}
