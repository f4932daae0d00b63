import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BotView, FlowView } from '#libs/contracts/index.js';
import type { AgentDesk } from '../support/agent-desk.js';
import { eventually } from '../support/eventually.js';
import type { ConsoleWindow } from './console-window.js';
import { looks } from './looks.js';
import { Office } from './office.js';

/** To look at what people see: a directory for pictures. */
const pictures = process.env['TEST_PICTURES'];

let office: Office;
let boss: AgentDesk;

beforeAll(async () => {
  office = await Office.open();
  boss = await office.agent({ name: '小林 美穂', role: 'supervisor', visibility: 'all' });
  for (const words of ['返品', '営業時間を教えてください']) {
    const { id } = await office.caller(boss, words);
    await boss.takes(id);
    await boss.closes(id);
  }
});
afterEach(() => office.closeWindows());
afterAll(() => office?.close());

const picture = async (window: ConsoleWindow, name: string) => {
  if (pictures) await window.page.screenshot({ path: `${pictures}/${name}.png` });
};

async function barriers({ page }: ConsoleWindow, where: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include('main').analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${where}: ${id}: ${html}`));
}

describe('guided flows and replays', () => {
  it('a flow is made by keyboard and mouse, tried out, saved, and replayed in two versions', async () => {
    const window = await office.window(boss, { path: '/flows', ready: false });
    const { page } = window;
    await window.get('flows-empty').waitFor();
    await picture(window, 'flows-empty');
    await window.get('new-flow').click();
    await window.get('new-flow-name').fill('返品の受付');
    await page.keyboard.press('Enter');
    await window.get('flow-form').waitFor();

    for (const kind of ['code', 'choice']) {
      await window.get('add-step-kind').selectOption(kind);
      await window.get('add-step').click();
    }
    const steps = window.get('flow-step');
    await window.get('step-label').fill('理由');
    // The second question goes first, without a mouse.
    await page.keyboard.press('Alt+ArrowUp');
    expect(await steps.evaluateAll((all) => all.map((each) => each.getAttribute('data-step')))).toEqual(['q2', 'q1']);
    await page.keyboard.press('Alt+ArrowUp');
    await picture(window, 'flow-editor-desk-ja-light');

    // What is on the screen is played before it is saved.
    await window.get('preview-field').fill('返品');
    await page.keyboard.press('Enter');
    const lines = window.get('preview-lines');
    const chips = window.get('preview-chip');
    expect(await chips.allTextContents()).toEqual(['はじめの選択肢', '次の選択肢', 'やめる', 'オペレーター']);
    await chips.first().click();
    await window.get('preview-field').fill('12');
    await window.get('preview-send').click();
    await lines.getByText('読み取れませんでした').waitFor();
    await window.get('preview-field').fill('ab123456');
    await window.get('preview-send').click();
    await lines.getByText('AB-123456').first().waitFor();
    await chips.getByText('はい').click();
    await window.get('preview-end').and(page.locator('[data-end="handOff"]')).waitFor();
    await picture(window, 'flow-played-desk-ja-light');

    // A fault is named where it is; nothing is saved.
    await window.get('step-ask').fill('');
    await window.get('save-flow').click();
    await page.getByText('入力してください。').first().waitFor();
    const bots = await boss.get<BotView[]>('/api/bots');
    const flow = bots.find(({ kind }) => kind === 'flow')!;
    expect((await boss.send('GET', `/api/flows/${flow.id}`)).status).toBe(404);
    await window.get('step-ask').fill('理由をお選びください。');
    await page.keyboard.press('Control+Enter');
    await window.get('flow-state').and(page.locator('[data-version="1"]')).waitFor();
    const stored = await boss.get<FlowView>(`/api/flows/${flow.id}`);
    expect(stored.document.steps.map(({ id }) => id)).toEqual(['q2', 'q1']);
    const second = { document: { ...stored.document, starts: ['交換'] }, version: 1 };
    expect((await boss.send('PUT', `/api/flows/${flow.id}`, second)).status).toBe(200);

    await window.goes('/replays');
    await window.get('replay-bot').selectOption(flow.id);
    await window.get('replay-against').selectOption(flow.id);
    await window.get('replay-against-version').selectOption('1');
    await picture(window, 'replays-desk-ja-light');
    await window.get('start-replay').click();
    await window.get('replay-state').and(page.locator('[data-state="done"]')).waitFor();
    expect(await window.get('differences').textContent()).toBe('1');
    await eventually(async () => (await window.get('replay-turn').count()) === 1, 'only the difference');
    expect(await window.get('replay-turn').textContent()).toContain('返品');
    await picture(window, 'replay-desk-ja-light');
    expect(window.faults).toEqual([]);
  });

  it.each(looks)('%s, %s, %s: nothing stands in the way', async (name, locale, theme, viewport) => {
    const flow = (await boss.get<BotView[]>('/api/bots')).find(({ kind }) => kind === 'flow')!;
    const [replay] = await boss.get<{ id: string }[]>(`/api/bots/${flow.id}/replays`);
    const window = await office.window(boss, {
      path: `/flows/${flow.id}`,
      ready: false,
      viewport,
      colorScheme: theme,
      preferences: { locale },
    });
    await window.get('step-open').first().click();
    expect(await barriers(window, 'editor')).toEqual([]);
    await picture(window, `editor-${name}-${locale}-${theme}`);
    if (name === 'phone') await window.get('try-flow').click();
    await window.get('preview-field').fill('交換');
    await window.get('preview-send').click();
    await window.get('preview-chip').first().waitFor();
    expect(await barriers(window, 'preview')).toEqual([]);
    await picture(window, `preview-${name}-${locale}-${theme}`);
    for (const [path, shown] of [
      ['/flows', 'flow'],
      ['/replays', 'replay'],
      [`/replays/${flow.id}/${replay!.id}`, 'replay-turn'],
    ] as const) {
      await window.goes(path);
      await window.get(shown).first().waitFor();
      expect(await barriers(window, path)).toEqual([]);
      expect({ path, wide: await window.page.evaluate(widerThanTheScreen) }).toEqual({ path, wide: [] });
      await picture(window, `${shown}-${name}-${locale}-${theme}`);
    }
    expect(window.faults).toEqual([]);
  });
});

/** What makes the page scroll sideways, by its class. */
function widerThanTheScreen(): string[] {
  const { scrollWidth } = document.documentElement;
  if (scrollWidth <= globalThis.innerWidth) return [];
  return [...document.querySelectorAll('body *')]
    .filter((each) => each.getBoundingClientRect().right > globalThis.innerWidth + 1)
    .map((each) => `${each.tagName}.${each.className} ${Math.round(each.getBoundingClientRect().right)}`);
}
