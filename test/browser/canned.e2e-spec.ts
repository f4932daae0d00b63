import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CannedBook, CannedResponse, CustomerField } from '#libs/contracts/index.js';
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
let aoi: AgentDesk;
let rank: CustomerField;

beforeAll(async () => {
  office = await Office.open();
  boss = await office.agent({ name: '小林 美穂', role: 'supervisor', visibility: 'all' });
  aoi = await office.agent({ name: '高橋 葵' });
  const admin = await office.agent({ role: 'admin', visibility: 'all' });
  const field = (key: string, label: string) =>
    admin.send<CustomerField>('POST', '/api/customer-fields', {
      accountId: office.account.id,
      key,
      label,
      kind: 'text',
    });
  rank = (await field('rank', '会員ランク')).body;
  await field('member_no', '会員番号');
});
afterEach(() => office.closeWindows());
afterAll(() => office?.close());

const picture = async (window: ConsoleWindow, name: string) => {
  if (pictures) await window.page.screenshot({ path: `${pictures}/${name}.png` });
};
const create = async (desk: AgentDesk, name: string, text: string, more: object = {}): Promise<CannedResponse> => {
  const own = { scope: 'personal', name, content: { type: 'text', text }, ...more };
  const { status, body } = await desk.send<CannedResponse>('POST', '/api/canned-responses', own);
  expect(status).toBe(201);
  return body;
};
const book = (desk: AgentDesk) => desk.get<CannedBook>('/api/canned-responses');
const ofAccount = () => ({ scope: 'account', ownerId: office.account.id });

/** A window in which an agent serves somebody whose name is known. */
async function serving(desk: AgentDesk, options: Parameters<Office['window']>[1] = {}) {
  const { customer, id } = await office.caller(desk, 'カードの番号は 4111 1111 1111 1111 です');
  await desk.takes(id);
  const { conversation } = await desk.detail(id);
  await desk.send('PATCH', `/api/customers/${conversation.customer.id}`, {
    name: '山田 花子',
    values: { [rank.id]: 'ゴールド' },
  });
  const window = await office.window(desk, { path: `/c/${id}?view=all`, ...options });
  await window.isOpen(id);
  await window.field.waitFor();
  return { customer, id, window };
}

describe('a canned response in the composer', () => {
  it('is found by romaji, filled, warned of where nothing is known, sent and counted; no key leaves an input method', async () => {
    const refund = await create(
      boss,
      '返金のご案内',
      '{お客様名} 様\n{担当者名}です。{日付}に返金しました。{属性:会員ランク}会員、会員番号は{属性:会員番号}です。',
      {
        ...ofAccount(),
        reading: 'へんきんのごあんない',
        folder: 'お支払い/返金',
        shortcut: 'refund',
      },
    );
    const buttons = ['はい', 'いいえ', 'あとで'].map((label) => ({ kind: 'reply', label, payload: `answer:${label}` }));
    await create(aoi, '変更の確認', '変更しました。', {
      reading: 'へんこうのかくにん',
      content: { type: 'text', text: '変更しました。よろしいですか。', suggestions: buttons },
    });
    const { customer, window } = await serving(aoi);
    const { page, field } = window;
    await field.click();
    await page.keyboard.type('/henki');
    await window.get('caret-item').first().waitFor();
    expect(await window.get('caret-item').first().textContent()).toContain('返金のご案内');
    await picture(window, 'caret-desk-ja-light');
    for (let typed = 0; typed < 6; typed += 1) await page.keyboard.press('Backspace');

    // What an input method has not given yet opens nothing and picks nothing.
    const keys = await page.context().newCDPSession(page);
    await page.keyboard.type('/');
    await keys.send('Input.imeSetComposition', { text: 'へんき', selectionStart: 3, selectionEnd: 3 });
    await window.get('caret-item').filter({ hasText: '返金' }).waitFor();
    const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 };
    await keys.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter });
    await keys.send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter });
    expect(await field.inputValue()).toBe('/へんき');
    await keys.send('Input.insertText', { text: 'へんき' });
    await page.keyboard.press('Enter');
    await eventually(async () => (await field.inputValue()).includes('返金しました'), 'the text in the field');
    const text = await field.inputValue();
    expect(text).toMatch(
      /^山田 花子 様\n高橋 葵です。\d{4}年\d+月\d+日\(.\)に返金しました。ゴールド会員、会員番号は\{属性:会員番号\}です。$/,
    );
    expect(await window.get('field-marks').locator('mark').allTextContents()).toEqual(['{属性:会員番号}']);
    await picture(window, 'unfilled-desk-ja-light');

    await page.keyboard.press('Control+Enter');
    await window.get('unfilled-dialog').waitFor();
    await picture(window, 'unfilled-dialog-desk-ja-light');
    await window.get('go-back').click();
    // What is still open is marked, and what is typed stands in its place.
    await window.get('unfilled-word').click();
    await page.keyboard.type('A-17');
    await eventually(async () => (await window.get('unfilled').count()) === 0, 'nothing left to fill in');
    await page.keyboard.press('Control+Enter');
    const [sent] = await customer.received(1);
    expect(sent?.content.text).toBe(text.replace('{属性:会員番号}', 'A-17'));
    await eventually(
      async () => (await book(aoi)).responses.find(({ id }) => id === refund.id)?.uses === 1,
      'the use to be counted',
    );
    expect(window.faults).toEqual([]);
  });

  it('opens by touch, on a phone', async () => {
    const { customer, window } = await serving(aoi, { viewport: phone, hasTouch: true, ready: false });
    await window.field.tap();
    await window.page.keyboard.type('お世話になります。');
    await window.get('canned-tool').tap();
    await window.get('caret-item').filter({ hasText: '変更の確認' }).waitFor();
    await picture(window, 'caret-phone-ja-light');
    await window.get('caret-item').filter({ hasText: '変更の確認' }).tap();
    await eventually(
      async () => (await window.field.inputValue()) === 'お世話になります。\n変更しました。よろしいですか。',
      'the text in the field',
    );
    // Its buttons hang above the field and leave with the words; one of them was not wanted.
    await window.get('chips').getByRole('button', { name: 'あとで を外す' }).tap();
    await picture(window, 'chips-phone-ja-light');
    await window.get('send').tap();
    const [sent] = await customer.received(1);
    const pressed = JSON.stringify(sent);
    expect(['answer:はい', 'answer:いいえ', 'answer:あとで'].map((word) => pressed.includes(word))).toEqual([
      true,
      true,
      false,
    ]);
    await eventually(async () => (await window.get('chips').count()) === 0, 'no buttons left');
  });
});

describe('before sending', () => {
  it('NGワード and card numbers are named; a blocked word stays in the house', async () => {
    const word = (body: object) => boss.send('POST', '/api/forbidden-words', { accountId: office.account.id, ...body });
    await word({ word: '絶対', severity: 'warn', note: '「原則として」と書きます。' });
    await word({ word: '儲かる', severity: 'block' });
    const { customer, window } = await serving(aoi);
    await window.field.fill('ゼッタイではなく絶対に、4111-1111-1111-1111 で払えます');
    await eventually(
      async () => (await window.get('field-marks').locator('mark').count()) === 2,
      'the word and the number to be marked',
    );
    await picture(window, 'marked-desk-ja-light');
    await window.field.press('Control+Enter');
    await window.get('warning-dialog').waitFor();
    expect(await barriers(window, 'warning', { within: '[role="dialog"]' })).toEqual([]);
    await picture(window, 'warning-desk-ja-light');
    await window.get('send-anyway').click();
    expect((await customer.received(1))[0]?.content.text).toContain('4111-1111-1111-1111');
    await window.message('••••-••••-••••-1111').waitFor();

    await window.writes('もう かるは儲かる');
    await window.get('warning-dialog').and(window.page.locator('[data-blocked]')).waitFor();
    expect(await window.get('send-anyway').count()).toBe(0);
    await picture(window, 'blocked-desk-ja-light');
    await window.page.keyboard.press('Escape');
    expect(await window.field.inputValue()).toBe('もう かるは儲かる');
    expect((await customer.received(1)).length).toBe(1);
  });

  it('a covered number is shown to whoever has the right, and covered again', async () => {
    const { id, window } = await serving(boss);
    const message = window.page.locator('[data-testid="message"][data-message-seq="1"]');
    await message.getByText('•••• •••• •••• 1111').waitFor();
    await message.getByTestId('unmask').click();
    await message.getByText('4111 1111 1111 1111').waitFor();
    await picture(window, 'unmasked-desk-ja-light');
    await message.getByTestId('unmask').click();
    await message.getByText('•••• •••• •••• 1111').waitFor();
    await boss.givesBack(id);
    const hers = await office.window(aoi, { path: `/c/${id}?view=all` });
    await hers.get('masked').waitFor();
    expect(await hers.get('unmask').count()).toBe(0);
  });
});

describe('the screen of canned responses', () => {
  it('makes, changes, deletes and takes back; two people agree without a refresh', async () => {
    const [window, other] = [await office.window(boss), await office.window(aoi, { path: '/canned', ready: false })];
    await window.get('user-menu').click();
    await window.get('canned-menu').click();
    await window.get('new-canned').first().click();
    await window.get('canned-name').fill('紛失の受付');
    await window.get('canned-reading').fill('ふんしつのうけつけ');
    await window.get('canned-shelf').selectOption({ label: '公式アカウント「窓口銀行」' });
    await window.get('save-canned').click();
    await window.page.getByText('入力してください。').waitFor();
    await window.get('canned-text').fill('カードを止めました。担当は');
    await window.get('insert-agent').click();
    await window.get('canned-preview').getByText('小林 美穂').waitFor();
    await window.get('save-canned').click();
    await window.page.waitForURL(/\/canned\/\d+/);
    const row = other.get('canned-row').filter({ hasText: '紛失の受付' });
    await row.waitFor();

    await row.click();
    await other.get('canned-shown').getByText('カードを止めました').waitFor();
    await window.get('canned-text').fill('カードの利用を止めました。');
    await window.get('save-canned').click();
    await other.get('canned-shown').getByText('カードの利用を止めました。').waitFor();

    await window.get('remove-canned').click();
    await row.waitFor({ state: 'detached' });
    await window.get('undo-remove').click();
    await row.waitFor();
    expect(window.faults).toEqual([]);
  });

  it('a file with a bad row brings nothing in until it is told to leave the row out', async () => {
    const window = await office.window(boss, { path: '/canned', ready: false });
    await window.get('file-menu').click();
    await window.get('open-import').click();
    const rows = Array.from({ length: 20 }, (_, n) => `取込${n + 1},${n === 6 ? '' : '本文'}`);
    await window.get('import-file').setInputFiles({
      name: '定型文.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`名前,本文\n${rows.join('\n')}`),
    });
    await window.get('import-report').waitFor();
    expect(await window.get('bad-row').allTextContents()).toEqual([
      expect.stringMatching(/^8 行目本文入力がありません。$/),
    ]);
    await picture(window, 'import-desk-ja-light');
    expect((await book(boss)).responses.filter(({ name }) => name.startsWith('取込'))).toEqual([]);
    await window.get('import-submit').click();
    await window.get('canned-row').filter({ hasText: '取込20' }).waitFor();
    expect((await book(boss)).responses.filter(({ name }) => name.startsWith('取込'))).toHaveLength(19);
  });

  it.each(looks)('has no barriers: %s, %s, %s', async (size, locale, scheme, viewport) => {
    const look = `${size}-${locale}-${scheme}`;
    const one = (await book(boss)).responses.find(({ shortcut }) => shortcut === 'refund')!;
    const options = { viewport, colorScheme: scheme, preferences: { locale }, ready: false };
    const window = await office.window(boss, { path: `/canned/${one.id}`, ...options });
    await window.get('canned-form').waitFor();
    // On a desk the list stands beside it.
    const found = [...(await barriers(window, 'editor', { within: 'main' }))];
    await picture(window, `editor-${look}`);
    await window.get(viewport === phone ? 'admin-back' : 'tab-words').click();
    if (viewport === phone) {
      await window.get('canned-row').first().waitFor();
      await picture(window, `list-${look}`);
      await window.get('tab-words').click();
    }
    await window.get('forbidden').waitFor();
    found.push(...(await barriers(window, 'words', { within: 'main' })));
    await picture(window, `words-${look}`);
    if (pictures) {
      const fresh = await office.agent({ name: '新人', accountIds: [] });
      const empty = await office.window(fresh, { path: '/canned', ...options });
      await empty.get('canned-empty').waitFor();
      await picture(empty, `empty-${look}`);
    }
    expect(found).toEqual([]);
    expect(
      await window.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    ).toBeLessThanOrEqual(0);
  });
});
