import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AgentRuntime } from '#libs/agents/index.js';
import type { AgentStateView, AgentView } from '#libs/contracts/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import type { AgentDesk } from '../support/agent-desk.js';
import { barriers } from './barriers.js';
import type { ConsoleWindow } from './console-window.js';
import { Office } from './office.js';
import { looks } from './looks.js';

/** To look at what people see: a directory for pictures. */
const pictures = process.env['TEST_PICTURES'];

let office: Office;
let aoi: AgentDesk;
let admin: AgentDesk;

beforeAll(async () => {
  office = await Office.open();
  aoi = await office.agent({ name: '高橋 葵' });
  admin = await office.agent({ name: '中村 管理', role: 'admin', visibility: 'all' });
  await office.agent({ name: '渡辺 蓮' });
  await office.caller(admin, 'お待ちしています');
});
afterEach(() => office.closeWindows());
afterAll(() => office?.close());

const stateAt = (window: ConsoleWindow, state: string) =>
  window.page.locator(`[data-testid="my-state"][data-state="${state}"]`).waitFor();
const mine = (desk: AgentDesk) => desk.get<AgentStateView>('/api/agents/me/state');
const misses = (desk: AgentDesk) => {
  const { app } = office.world.first;
  return app.get(Transactions).run((tx) => app.get(AgentRuntime).markNotResponding(tx, desk.view.id));
};
const focused = (window: ConsoleWindow) => () =>
  window.page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
const picture = async (window: ConsoleWindow, name: string) => {
  if (pictures) await window.page.screenshot({ path: `${pictures}/${name}.png` });
};
describe('one’s own state', () => {
  it('is chosen with the keyboard alone, and shows on every tab', async () => {
    const window = await office.window(aoi);
    const second = await office.window(aoi);
    await stateAt(window, 'away');
    await window.page.keyboard.press('s');
    await window.get('state-ready').waitFor();
    await window.comesToShow(focused(window), 'state-ready');
    await window.page.keyboard.press('ArrowDown');
    await window.comesToShow(focused(window), 'state-break');
    await window.page.keyboard.press('ArrowUp');
    await window.page.keyboard.press('Enter');
    await window.comesToShow(focused(window), 'my-state');
    await stateAt(window, 'ready');
    await stateAt(second, 'ready');
    expect(await mine(aoi)).toMatchObject({ routing: 'ready', connection: 'connected', state: 'idle' });
    expect(await window.get('my-state').getAttribute('aria-label')).toBe('自分の状態: 受付可、対応 0/3');

    await second.get('my-state').click();
    await second.get('state-meal').click();
    await stateAt(window, 'away');
    await window.comesToShow(() => window.get('my-state').textContent(), '食事0/3');
    expect(await mine(aoi)).toMatchObject({ routing: 'not_ready', reason: 'meal' });
    expect([...window.faults, ...second.faults]).toEqual([]);
  });

  it('says 応答なし and why, and comes back with one press of 復帰', async () => {
    const window = await office.window(aoi);
    await window.get('my-state').click();
    await window.get('state-ready').click();
    await stateAt(window, 'ready');
    await misses(aoi);
    await stateAt(window, 'not_responding');
    await window.page
      .getByRole('status')
      .filter({ hasText: '新しい着信を止めています' })
      .waitFor({ state: 'attached' });
    await window.get('resume').click();
    await stateAt(window, 'ready');
    expect(await mine(aoi)).toMatchObject({ notResponding: false, state: 'idle' });
    await misses(aoi);
    await stateAt(window, 'not_responding');
    await window.get('my-state').click();
    await window.get('state-resume').click();
    await stateAt(window, 'ready');
    expect(window.faults).toEqual([]);
  });

  it('is 接続確認中 while the line is cut, and afterwards as it was', async () => {
    const window = await office.window(aoi);
    await window.get('my-state').click();
    await window.get('state-ready').click();
    await stateAt(window, 'ready');
    await window.isCut();
    await stateAt(window, 'grace');
    await window.comesToShow(async () => (await mine(aoi)).connection, 'grace');
    await window.comesBack();
    await stateAt(window, 'ready');
    await window.comesToShow(async () => (await mine(aoi)).connection, 'connected');
  });
});

describe('colleagues', () => {
  it('are seen as they are, live, and sent to a meeting by whoever may', async () => {
    const [window, boss] = [await office.window(aoi), await office.window(admin)];
    await window.get('my-state').click();
    await window.get('state-ready').click();
    await stateAt(window, 'ready');
    await boss.get('user-menu').click();
    await boss.get('agents').click();
    const row = boss.page.locator(`[data-testid="agent-row"][data-agent-id="${aoi.view.id}"]`);
    await expect.poll(() => row.getAttribute('data-state')).toBe('idle');
    await window.get('my-state').click();
    await window.get('state-break').click();
    await expect.poll(() => row.textContent()).toContain('休憩');
    await row.getByTestId('set-state').click();
    await boss.get('set-meeting').click();
    await window.comesToShow(() => window.get('my-state').textContent(), '会議0/3');
    await window.isCut();
    await expect.poll(() => row.getAttribute('data-state'), { timeout: 10_000 }).toBe('grace');
    expect(boss.faults).toEqual([]);
  });

  it('are given capacity, in full-width digits too, and skills', async () => {
    const boss = await office.window(admin);
    await boss.get('user-menu').click();
    await boss.get('agents').click();
    await boss.page.getByText('スキル', { exact: true }).click();
    for (const name of ['英語', '製品A']) {
      await boss.get('skill-form').locator('input').fill(name);
      await boss.page.keyboard.press('Enter');
      await boss.get('skill-row').filter({ hasText: name }).waitFor();
    }
    await boss.get('skill-form').locator('input').fill('英語');
    await boss.page.keyboard.press('Enter');
    await boss.page.getByText('同じ名前のスキルがあります。').waitFor();
    await boss.page.getByText('状態と設定', { exact: true }).click();
    const row = boss.page.locator(`[data-testid="agent-row"][data-agent-id="${aoi.view.id}"]`);
    await row.getByTestId('edit-agent').click();
    await boss.get('capacity').fill('百');
    expect(await boss.get('save-agent').isDisabled()).toBe(true);
    await boss.get('capacity').fill('５');
    await boss.page.getByLabel('英語').selectOption('4');
    await boss.get('save-agent').click();
    await boss.get('agent-form').waitFor({ state: 'detached' });
    await expect.poll(() => row.textContent()).toMatch(/対応 0\/5.*英語 4/);
    const staff = await admin.get<AgentView[]>('/api/agents');
    expect(staff.find(({ id }) => id === aoi.view.id)).toMatchObject({ capacity: 5, skills: [{ level: 4 }] });
    expect(boss.faults).toEqual([]);
  });

  it('are nobody’s to steer without the right', async () => {
    const window = await office.window(aoi);
    await window.get('user-menu').click();
    await window.get('sign-out').waitFor();
    expect(await window.get('agents').count()).toBe(0);
  });
});

describe('everybody can use it', () => {
  it.each(looks)('at a %s, in %s, %s', async (place, locale, colorScheme, viewport) => {
    const name = (what: string) => `${what}-${place}-${colorScheme}-${locale}`;
    const window = await office.window(admin, { colorScheme, viewport, preferences: { locale } });
    await window.get('my-state').click();
    await window.get('state-ready').click();
    await stateAt(window, 'ready');
    await window.get('my-state').click();
    await window.get('state-meal').waitFor();
    await picture(window, name('menu'));
    expect(await barriers(window, 'screen')).toEqual([]);
    await window.page.keyboard.press('Escape');
    await misses(admin);
    await stateAt(window, 'not_responding');
    expect(await window.overflow()).toBeLessThanOrEqual(0);
    await picture(window, name('missed'));
    expect(await barriers(window, 'screen')).toEqual([]);
    await window.get('resume').click();
    await stateAt(window, 'ready');
    await window.get('user-menu').click();
    await window.get('agents').click();
    const row = window.page.locator(`[data-testid="agent-row"][data-agent-id="${aoi.view.id}"]`);
    await row.getByTestId('edit-agent').click();
    await window.get('agent-form').waitFor();
    expect(await window.overflow()).toBeLessThanOrEqual(0);
    await picture(window, name('agents'));
    expect(await barriers(window, 'screen')).toEqual([]);
  });
});
