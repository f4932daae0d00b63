import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AgentDesk } from '../support/agent-desk.js';
import type { ConsoleWindow } from './console-window.js';
import { Office } from './office.js';

let office: Office;
let boss: AgentDesk;
let id: string;

beforeAll(async () => {
  office = await Office.open();
});
beforeEach(async () => {
  boss = await office.agent({ role: 'supervisor' });
  ({ id } = await office.caller(boss, 'お願いします'));
  await boss.takes(id);
});
afterEach(() => office.closeWindows());
afterAll(() => office?.close());

describe('a dialog that cannot be fetched', () => {
  it('says so in its own place, in front of the workspace, and opens once there is a line', async () => {
    // Narrow enough that the customer's panel is a drawer.
    const window = await office.window(boss, {
      ready: false,
      path: '/healthz',
      viewport: { width: 1100, height: 800 },
    });
    const { page } = window;
    await window.goes(`/c/${id}?view=all`);
    await window.isOpen(id);
    await window.field.waitFor();
    // What leads to other dialogs is fetched right after the first screen, idle or not.
    await page.waitForFunction(() =>
      performance.getEntriesByType('resource').some(({ name }) => name.includes('/user-menu-panel-')),
    );
    await window.isCut();
    await window.get('banner').waitFor();
    await window.writes('まだ送れない言葉');
    await window.message('まだ送れない言葉').waitFor();
    await window.field.fill('書きかけ');

    const missing = window.get('part-missing');
    for (const [opener, dialog] of [
      [window.get('help'), window.get('cheat-sheet')],
      [window.get('start-conversation'), window.get('start-form')],
      [window.get('panel'), page.getByRole('dialog').getByTestId('customer-panel')],
      [signOut(window), question(window)],
    ] as const) {
      await opener.click();
      await missing.waitFor();
      expect(await missing.getByRole('heading').innerText()).toBe('開けませんでした');
      expect(await dialog.count()).toBe(0);
      await window.get('part-retry').click();
      await missing.waitFor();
      await page.keyboard.press('Escape');
      await missing.waitFor({ state: 'detached' });
    }
    expect(await window.row(id).isVisible()).toBe(true);
    expect(await window.message('まだ送れない言葉').isVisible()).toBe(true);
    expect(await window.field.inputValue()).toBe('書きかけ');

    await window.get('help').click();
    await missing.waitFor();
    await window.comesBack();
    await window.online();
    await window.get('part-retry').click();
    await window.get('cheat-sheet').waitFor();
    expect(await missing.count()).toBe(0);
    await page.keyboard.press('Escape');
    await window.get('cheat-sheet').waitFor({ state: 'detached' });
    await window.get('panel').click();
    await page.getByRole('dialog').getByTestId('customer-panel').waitFor();
    expect(await window.field.inputValue()).toBe('書きかけ');
    expect(window.faults).toEqual([]);
  });

  it('is there after a renewal of the page when the browser has given it up, but not before unsent words are sent', async () => {
    const window = await office.window(boss, { ready: false, path: '/healthz' });
    const { page } = window;
    const part = (url: URL) => url.pathname.startsWith('/assets/shortcuts-dialog-');
    await page.route(part, (route) => route.abort('connectionreset'));
    let deaf = true;
    await page.route('**/messages', (route) =>
      deaf && route.request().method() === 'POST' ? route.abort('connectionreset') : route.fallback(),
    );
    await window.goes(`/c/${id}?view=all`);
    await window.isOpen(id);
    await window.field.waitFor();
    await window.online();
    await window.writes('まだ送れない言葉');
    await window.message('まだ送れない言葉').getByText('接続を待っています').waitFor();
    await window.field.fill('書きかけ');
    await page.evaluate(() => Object.assign(globalThis, { loadedOnce: true }));
    const loadedOnce = () => page.evaluate(() => (globalThis as { loadedOnce?: boolean }).loadedOnce === true);

    await window.get('help').click();
    await window.get('part-missing').waitFor();
    await page.unroute(part);
    await window.get('part-retry').click();
    await page.locator('[data-testid="part-retry"]:not([data-loading])').waitFor();
    expect(await loadedOnce()).toBe(true);
    deaf = false;
    const sent = window
      .message('まだ送れない言葉')
      .and(page.locator('[data-delivery="delivered"], [data-delivery="read"]'));
    await sent.waitFor();
    await window.get('part-retry').click();
    await window.comesToShow(loadedOnce, false);
    await window.isOpen(id);
    await window.comesToShow(() => window.field.inputValue(), '書きかけ');
    await window.get('help').click();
    await window.get('cheat-sheet').waitFor();
    await window.message('まだ送れない言葉').waitFor();
  });

  it('is fetched before anybody asks for it', async () => {
    const window = await office.window(boss, { ready: false, path: '/healthz', ahead: true });
    const asked = Promise.all(
      ['shortcuts-dialog', 'start-dialog', 'sign-out-dialog', 'customer-drawer', 'sign-in-page'].map((name) =>
        window.page.waitForResponse((response) => response.url().includes(`/assets/${name}-`)),
      ),
    );
    await window.goes('/?view=all');
    for (const response of await asked) expect(response.status()).toBe(200);
    await window.ready();
    await window.page.waitForLoadState('networkidle');
    await window.isCut();
    await window.get('banner').waitFor();
    await window.get('help').click();
    await window.get('cheat-sheet').waitFor();
  });
});

describe('signing out', () => {
  it('that is refused leaves neither the question nor the menu over the work', async () => {
    const window = await office.window(boss, { ahead: true, path: `/c/${id}?view=all` });
    await window.isOpen(id);
    const { page } = window;
    await page.route('**/messages', (route) =>
      route.request().method() === 'POST' ? route.abort('connectionreset') : route.fallback(),
    );
    await page.route('**/api/session', (route) =>
      route.request().method() === 'DELETE' ? route.fulfill({ status: 503, body: '{}' }) : route.fallback(),
    );
    await window.writes('まだ送れない言葉');
    await window.message('まだ送れない言葉').getByText('接続を待っています').waitFor();
    await (await opened(window)).click();
    await question(window).getByRole('button', { name: 'サインアウト' }).click();
    // She has a customer in her hand, and keeps him.
    await window.get('leave-act').click();
    await window.get('notices').locator('div').first().waitFor();
    await question(window).waitFor({ state: 'detached' });
    await window.get('sign-out').waitFor({ state: 'hidden' });
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await window.message('まだ送れない言葉').isVisible()).toBe(true);
    await window.field.click();
    await window.field.pressSequentially('続けられる');
    expect(await window.field.inputValue()).toBe('続けられる');

    // Nor does one that is refused without a question: nothing is unsent, and nobody in her hand.
    await page.unroute('**/messages');
    await window
      .message('まだ送れない言葉')
      .and(page.locator('[data-delivery="delivered"], [data-delivery="read"]'))
      .waitFor();
    await boss.givesBack(id);
    await window.get('take').waitFor();
    await (await opened(window)).click();
    await window.get('sign-out').waitFor({ state: 'hidden' });

    await page.unroute('**/api/session');
    await (await opened(window)).click();
    await window.get('sign-in-form').waitFor();
    expect(window.faults).toEqual([]);
  });
});

async function opened(window: ConsoleWindow): Promise<Locator> {
  await window.get('user-menu').click();
  return window.get('sign-out');
}

/** Whether she means it, although words are not sent yet. */
function question({ page }: ConsoleWindow): Locator {
  return page.getByRole('dialog').filter({ hasText: '未送信のメッセージがあります' });
}

/** The way to it is a menu. */
function signOut(window: ConsoleWindow): { click: () => Promise<void> } {
  return { click: async () => (await opened(window)).click() };
}
