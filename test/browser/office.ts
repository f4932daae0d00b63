import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { BotsOptions } from '#libs/bots/index.js';
import type { CreateAgentBody } from '#libs/contracts/index.js';
import type { AgentDesk } from '../support/agent-desk.js';
import { launchBrowser } from '../support/chromium.js';
import type { Customer } from '../support/customer.js';
import { World, type OfficialAccount } from '../support/world.js';
import { ConsoleWindow } from './console-window.js';
import { HandsetWindow } from './handset-window.js';

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
}

/** A world with one official account, and a real browser before it. */
export class Office {
  private readonly pages: Page[] = [];

  private constructor(
    readonly browser: Browser,
    readonly world: World,
    readonly account: OfficialAccount,
  ) {}

  /** @param bots modules that answer in this console */
  static async open(bots: BotsOptions['bots'] = []): Promise<Office> {
    const browser = await launchBrowser();
    try {
      const world = await World.open({}, {}, undefined, undefined, bots);
      return new Office(browser, world, await world.account());
    } catch (fault) {
      await browser.close();
      throw fault;
    }
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
    { preferences, path: _, ready: __, ...options }: WindowOptions = {},
    cookie?: { name: string; value: string; url: string },
  ): Promise<ConsoleWindow> {
    const page = await this.page(options);
    if (cookie) await page.context().addCookies([cookie]);
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
  async closeWindows(): Promise<void> {
    for (const page of this.pages.splice(0)) await page.context().close();
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.world.close();
  }

  private async page(options: BrowserContextOptions): Promise<Page> {
    const context = await this.browser.newContext({
      viewport: desktop,
      locale: 'ja-JP',
      timezoneId: 'Asia/Tokyo',
      reducedMotion: 'reduce',
      ...options,
    });
    context.setDefaultTimeout(25_000);
    const page = await context.newPage();
    this.pages.push(page);
    return page;
  }
}
