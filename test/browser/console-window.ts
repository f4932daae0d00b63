import type { Locator, Page, WebSocketRoute } from 'playwright-core';
import { expect } from 'vitest';

export interface ShownMessage {
  seq: string | null;
  text: string;
  delivery: string | null;
  receipt: string | null;
}

/** The console as somebody at a desk sees and uses it. */
export class ConsoleWindow {
  /** What the page threw; a healthy one throws nothing. */
  readonly faults: string[] = [];
  private sockets: WebSocketRoute[] = [];
  private cut = false;

  constructor(
    readonly page: Page,
    readonly url: string,
  ) {
    page.on('pageerror', (fault) => this.faults.push(String(fault)));
    page.on('console', (line) => {
      // The browser itself reports every answer above 399 and every cut line; these are told on the screen.
      const network = /^Failed to load resource|WebSocket connection to/.test(line.text());
      if (line.type() === 'error' && !network) this.faults.push(line.text());
    });
  }

  /** Before the first page is loaded: the line can be cut from now on. */
  async routeLine(): Promise<void> {
    await this.page.routeWebSocket(/\/socket\.io\//, async (socket) => {
      if (this.cut) return socket.close();
      socket.connectToServer();
      this.sockets.push(socket);
    });
  }

  /** Nothing goes out or comes in. Going offline alone would leave an open WebSocket as it is. */
  async isCut(): Promise<void> {
    this.cut = true;
    await this.page.context().setOffline(true);
    for (const socket of this.sockets.splice(0)) await socket.close();
  }

  async comesBack(): Promise<void> {
    this.cut = false;
    await this.page.context().setOffline(false);
  }

  async goes(path: string): Promise<void> {
    await this.page.goto(`${this.url}${path}`);
  }

  /** Signed in, connected, the list loaded. */
  async ready(): Promise<void> {
    await this.online();
    await this.page.locator('[data-testid="conversation-row"], [data-testid="list-empty"]').first().waitFor();
  }

  online(): Promise<void> {
    return this.page.locator('[data-testid="connection"][data-status="online"]').waitFor();
  }

  async signsIn(email: string, password: string): Promise<void> {
    await this.page.getByTestId('sign-in-email').fill(email);
    await this.page.getByTestId('sign-in-password').fill(password);
    await this.page.getByTestId('sign-in-submit').click();
  }

  get(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  row(id: string): Locator {
    return this.page.locator(`[data-testid="conversation-row"][data-conversation-id="${id}"]`);
  }

  async opens(id: string): Promise<void> {
    await this.row(id).click();
    await this.isOpen(id);
  }

  /** The conversation, its messages and its composer are on the screen. */
  async isOpen(id: string): Promise<void> {
    await this.page.locator(`[data-testid="conversation"][data-conversation-id="${id}"]`).waitFor();
    await this.thread.waitFor();
    await this.get('customer-name').waitFor();
  }

  get thread(): Locator {
    return this.get('thread');
  }

  get field(): Locator {
    return this.get('composer-field');
  }

  message(text: string): Locator {
    return this.page.getByTestId('message').filter({ hasText: text });
  }

  async writes(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Control+Enter');
  }

  /** Everything the thread shows, top to bottom. Only as much as is drawn: long threads draw what is near. */
  shown(): Promise<ShownMessage[]> {
    return this.page.locator('[data-testid="message"], [data-testid="activity"]').evaluateAll((rows) =>
      rows
        .map((row) => ({
          top: row.getBoundingClientRect().top,
          seq: row.getAttribute('data-message-seq'),
          text: (row.querySelector('[class*="bubble"]') ?? row.querySelector('span'))?.textContent ?? '',
          delivery: row.getAttribute('data-delivery'),
          receipt: row.getAttribute('data-receipt'),
        }))
        .sort((a, b) => a.top - b.top)
        .map(({ seq, text, delivery, receipt }) => ({ seq, text, delivery, receipt })),
    );
  }

  /** Conversations of the list, top to bottom. */
  listed(): Promise<string[]> {
    return this.page.getByTestId('conversation-row').evaluateAll((rows) =>
      rows
        .map((row) => ({ id: row.getAttribute('data-conversation-id') ?? '', top: row.getBoundingClientRect().top }))
        .sort((a, b) => a.top - b.top)
        .map(({ id }) => id),
    );
  }

  /** Once it is so. */
  async comesToShow(what: () => Promise<unknown>, expected: unknown): Promise<void> {
    await expect.poll(what, { timeout: 25_000, interval: 50 }).toEqual(expected);
  }

  async overflow(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  }

  /** By the keyboard alone: `t`, a name, Enter, a note, Ctrl+Enter. */
  async asksToTakeOver(name: string, note: string): Promise<void> {
    const { keyboard } = this.page;
    await keyboard.press('t');
    await this.get('picker-search').waitFor();
    await this.get('transfer-person').first().waitFor();
    await keyboard.type(name);
    await this.comesToShow(() => this.get('transfer-person').count(), 1);
    await keyboard.press('Enter');
    await this.page.locator('[data-testid="transfer-person"][aria-selected="true"]').waitFor();
    await keyboard.type(note);
    await keyboard.press('Control+Enter');
    await this.get('strip-asked').waitFor();
    await this.get('transfer-form').waitFor({ state: 'detached' });
  }
}
