import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BotView, FaqEntry } from '#libs/contracts/index.js';
import type { AgentDesk } from '../support/agent-desk.js';
import { eventually } from '../support/eventually.js';
import { barriers } from './barriers.js';
import type { ConsoleWindow } from './console-window.js';
import { looks } from './looks.js';
import { Office, phone } from './office.js';

/** To look at what people see: a directory for pictures. */
const pictures = process.env['TEST_PICTURES'];

let office: Office;
let boss: AgentDesk;
let entry: FaqEntry;

beforeAll(async () => {
  office = await Office.open();
  boss = await office.agent({ name: '小林 美穂', role: 'supervisor', visibility: 'all' });
  const create = async (category: string, phrasings: string[], text: string) => {
    const body = { accountId: office.account.id, category, phrasings, content: { type: 'text', text } };
    const made = await boss.send<FaqEntry>('POST', '/api/faq/entries', body);
    expect(made.status).toBe(201);
    return made.body;
  };
  entry = await create('お支払い', ['引き落とし日はいつですか', '支払日を知りたい'], '毎月10日に引き落とします。');
  await create('お支払い', ['引き落とし口座を変更したい'], 'アプリの「口座の変更」からどうぞ。');
  await create('通販', ['送料はいくらですか', '送料無料の条件'], '全国一律550円です。');
  await create('通販', ['商品を返品したい'], '到着後8日以内に承ります。');
  const aoi = await office.agent({ name: '高橋 葵' });
  await aoi.send('POST', '/api/faq/entries', {
    accountId: office.account.id,
    phrasings: ['のしを付けられますか'],
    content: { type: 'text', text: '無料で承ります。' },
  });
  const bots = await boss.get<BotView[]>('/api/bots');
  const faq = bots.find(({ key }) => key === 'faq')!;
  const duty = await boss.send('PUT', `/api/bots/accounts/${office.account.id}`, { botIds: [faq.id] });
  expect(duty.status).toBe(200);
});
afterEach(() => office.closeWindows());
afterAll(() => office?.close());

const picture = async (window: ConsoleWindow, name: string) => {
  if (pictures) await window.page.screenshot({ path: `${pictures}/${name}.png` });
};

describe('the FAQ', () => {
  it('makes an answer of a question that had none with two keys, and the customer who asks again has it', async () => {
    const customer = await office.customer();
    const handset = await office.handset(customer);
    await handset.writes('テザリングはできますか');
    await handset.bubble('合うご案内が見つかりませんでした', 'bot').waitFor();

    const window = await office.window(boss, { path: '/admin/faq', ready: false });
    const { page } = window;
    await window.get('faq-row').first().waitFor();
    await window.get('faq-search').fill('hikiotoshi');
    await eventually(async () => (await window.get('faq-row').count()) === 2, 'both that are read so');
    await window.get('faq-search').fill('');

    await window.get('try-question').fill('引落日いつ');
    await page.keyboard.press('Enter');
    await page.locator('[data-testid="try-result"][data-verdict="answer"]').waitFor();
    expect(await window.get('try-result').textContent()).toContain('毎月10日に引き落とします。');

    await window.get('faq-tab-unanswered').click();
    await window.get('unanswered-row').waitFor();
    await eventually(
      () => page.evaluate(() => document.activeElement?.hasAttribute('data-answer') ?? false),
      'the first question under the keys',
    );
    await page.keyboard.press('Enter');
    await window.get('faq-form').waitFor();
    expect(await window.get('faq-phrasings').inputValue()).toBe('テザリングはできますか');
    await page.keyboard.type('無料でお使いいただけます。');
    await page.keyboard.press('Control+Enter');
    await page.getByText('回答できなかった質問はありません。').waitFor();

    await handset.writes('テザリングできますか？');
    await handset.bubble('無料でお使いいただけます。', 'bot').waitFor();
  }, 60_000);

  it.each(looks)(
    'can be used by everybody: %s, %s, %s',
    async (where, locale, colorScheme, viewport) => {
      const narrow = viewport === phone;
      const options = {
        viewport,
        colorScheme,
        preferences: { locale },
        ready: false,
        ...(narrow ? { hasTouch: true } : {}),
      };
      const window = await office.window(boss, { ...options, path: '/admin/faq' });
      const found: string[] = [];
      const look = async (name: string) => {
        await picture(window, `${where}-${locale}-${colorScheme}-${name}`);
        found.push(...(await barriers(window, name, { within: 'main' })));
        const wide = await window.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        if (wide) found.push(`${name} is wider than its screen`);
      };
      await window.get('faq-row').first().waitFor();
      await look('list');
      await window.goes(`/admin/faq/${entry.id}`);
      await window.get('faq-form').waitFor();
      await look('editor');
      await window.goes('/admin/faq/try');
      await window.get('try-question').fill('引き落とし');
      await window.get('try-submit').click();
      await window.get('try-result').waitFor();
      await look('try');
      await window.goes('/admin/faq/unanswered');
      await window.get('faq-unanswered').waitFor();
      await look('unanswered');
      await window.goes('/admin/faq/rewordings');
      await window.get('faq-rewordings').waitFor();
      await look('rewordings');
      expect(found).toEqual([]);
    },
    60_000,
  );
});
