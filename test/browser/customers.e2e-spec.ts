import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerField, LabelView } from '#libs/contracts/index.js';
import type { AgentDesk } from '../support/agent-desk.js';
import { barriers } from './barriers.js';
import { looks } from './looks.js';
import { Office } from './office.js';

/** To look at what people see: a directory for pictures. */
const pictures = process.env['TEST_PICTURES'];

let office: Office;
let aoi: AgentDesk;
let boss: AgentDesk;

beforeAll(async () => {
  office = await Office.open();
  aoi = await office.agent({ name: '高橋 葵' });
  boss = await office.agent({ name: '中村 管理', role: 'admin', visibility: 'all' });
  const accountId = office.account.id;
  for (const [name, color] of [
    ['至急', 'red'],
    ['返金', 'blue'],
    ['法人のお客様', 'purple'],
  ]) {
    await boss.send<LabelView>('POST', '/api/labels', { accountId, name, color });
  }
  await boss.send<CustomerField>('POST', '/api/customer-fields', {
    accountId,
    key: 'rank',
    label: '会員ランク',
    kind: 'choice',
    choices: ['ゴールド', 'シルバー'],
  });
  await boss.send<CustomerField>('POST', '/api/customer-fields', {
    accountId,
    key: 'points',
    label: 'ポイント',
    kind: 'number',
  });
});
afterEach(() => office.closeWindows());
afterAll(() => office?.close());

describe('the customer’s panel', () => {
  it('labels by keyboard, what is known in its place, a number on request, 本人確認', async () => {
    const { id } = await office.caller(boss, '返金はいつですか');
    const window = await office.window(aoi);
    const second = await office.window(boss);
    await window.opens(id);
    const { keyboard } = window.page;
    await keyboard.press('l');
    await window.get('label-option').first().waitFor();
    await keyboard.type('返金');
    await window.comesToShow(() => window.get('label-option').count(), 1);
    await keyboard.press('Enter');
    await window.page.locator('[data-testid="label-option"][aria-selected="true"]').waitFor();
    await keyboard.press('Escape');
    await second.row(id).getByTestId('label').filter({ hasText: '返金' }).waitFor();

    expect(await window.get('customer-phone').innerText()).toMatch(/^090-\*{4}-\d{4}$/);
    await window.get('reveal').click();
    await window.comesToShow(
      async () => /^090-\d{4}-\d{4}$/.test(await window.get('customer-phone').innerText()),
      true,
    );

    await window.get('field-points').click();
    await window.get('field-points-input').fill('たくさん');
    await keyboard.press('Enter');
    await window.page.getByText('数字で入力してください。').waitFor();
    await window.get('field-points-input').fill('１，２００');
    await keyboard.press('Enter');
    await window.comesToShow(() => window.get('field-points').innerText(), 'ポイント\n1200');
    await window.get('field-rank').selectOption('ゴールド');

    await window.get('add-note').click();
    await window.get('note-text').fill('午後の連絡を希望');
    await keyboard.press('Control+Enter');
    await window.get('customer-note').waitFor();
    await window.get('verify').click();
    await window.get('verify-birthday').click();
    await window.page.locator('[data-testid="identity"][data-state="verified"]').waitFor();
    await second.opens(id);
    await second.page.locator('[data-testid="standing"] [data-kind="verified"]').first().waitFor();
    expect(await second.get('field-rank').inputValue()).toBe('ゴールド');
    // Whoever sees numbers whole sees to whom this one was shown; she herself does not.
    expect(await second.get('reveals').innerText()).toContain(aoi.view.name);
    expect(await window.get('reveals').count()).toBe(0);
    expect(window.faults).toEqual([]);
  });

  it('two customers become one and two again; a blocked one cannot be answered', async () => {
    const [first, other] = [await office.caller(boss, '一つ目'), await office.caller(boss, '二つ目')];
    for (const { id } of [first, other]) {
      const { customer } = (await boss.detail(id)).conversation;
      await boss.send('PATCH', `/api/customers/${customer.id}`, { name: '佐藤 花子', kana: 'さとう はなこ' });
    }
    const window = await office.window(boss, { path: `/c/${first.id}?view=all` });
    await window.isOpen(first.id);
    await window.get('customer-menu').click();
    await window.get('merge').click();
    await window.get('merge-candidate').first().click();
    await window.get('merge-confirm').click();
    await window.get('merged-numbers').waitFor();
    expect(await window.get('merged-numbers').locator('li').count()).toBe(2);
    await window.comesToShow(() => window.get('contact').count(), 2);
    // The other one's contact is read where it began, in a thread of its own.
    await window.get('open-contact').first().click();
    await window.isOpen(other.id);
    await window.message('二つ目').waitFor();
    await window.goes(`/c/${first.id}?view=all`);
    await window.isOpen(first.id);
    await window.get('unmerge').click();
    await window.get('sure').click();
    await window.get('merged-numbers').waitFor({ state: 'detached' });

    await window.get('customer-menu').click();
    await window.get('block').click();
    await window.get('block-confirm').click();
    await window.page.locator('[data-testid="reply-gate"][data-why="blocked"]').waitFor();
    expect(window.faults).toEqual([]);
  });
});

describe.each(looks)('looks: %s, %s, %s', (place, locale, colorScheme, viewport) => {
  it('of the panel, its dialogs and the settings have no barriers and fit', async () => {
    const { id } = await office.caller(boss, '予約を変更したいです');
    const { customer } = (await boss.detail(id)).conversation;
    const at = `/api/customers/${customer.id}`;
    await boss.send('PATCH', at, { name: '山田 太郎', kana: 'やまだ たろう', language: 'ja' });
    await boss.send('POST', `${at}/notes`, { text: '折り返しは平日の午後をご希望。\n大声に注意。' });
    await boss.send('PUT', `${at}/verification`, { conversationId: id, method: 'birthday' });
    await boss.send('PUT', `${at}/opt-out`);
    const labels = (await boss.get<LabelView[]>('/api/labels')).map((label) => label.id);
    await boss.send('PUT', `/api/conversations/${id}/labels`, { add: labels });
    const window = await office.window(boss, { viewport, colorScheme, preferences: { locale }, path: '/?view=all' });
    const found: string[] = [];
    const look = async (name: string) => {
      if (pictures) await window.page.screenshot({ path: `${pictures}/${place}-${locale}-${colorScheme}-${name}.png` });
      found.push(
        ...(await barriers(window, name, { tags: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'], strict: true })),
      );
      expect({ name, over: await window.overflow() }).toEqual({ name, over: 0 });
    };
    await window.row(id).getByTestId('label').first().waitFor();
    await look('list');
    await window.opens(id);
    if (place === 'phone') await window.get('panel').click();
    await window.get('customer-note').waitFor();
    await window.get('contact').first().waitFor();
    await look('panel');
    await window.get('customer-menu').click();
    await window.get('merge').click();
    await window.get('merge-candidates').getByRole('status').waitFor();
    await look('merge');
    await window.page.keyboard.press('Escape');
    await window.get('merge-candidates').waitFor({ state: 'detached' });
    await window.get('add-label').click();
    await window.get('label-option').first().waitFor();
    await look('labels');
    await window.goes('/admin/customers');
    await window.get('customers-admin').getByTestId('admin-label').first().waitFor();
    await look('settings');
    expect(found).toEqual([]);
    expect(window.faults).toEqual([]);
  });
});
