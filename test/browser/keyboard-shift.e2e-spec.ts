import { afterAll, beforeAll, expect, it } from 'vitest';
import type { NotificationPage } from '#libs/contracts/index.js';
import { eventually } from '../support/eventually.js';
import { drawing } from '../support/pictures.js';
import { Counter, Offers } from './counter.js';
import { Office } from './office.js';

let office: Office;

beforeAll(async () => {
  office = await Office.open();
});
afterAll(() => office?.close());

it('a whole shift is worked without a mouse', async () => {
  const counter = await Counter.open(office, ['高橋 葵', '渡辺 蓮'], { offerSeconds: 60, wrapUpSeconds: 0 });
  const [aoi, ren] = counter.people as [(typeof counter.people)[0], (typeof counter.people)[0]];
  const canned = await aoi.send('POST', '/api/canned-responses', {
    scope: 'personal',
    name: 'カードの停止',
    reading: 'かーどのていし',
    shortcut: 'teishi',
    content: { type: 'text', text: 'カードを停止いたしました。' },
  });
  expect(canned.status).toBe(201);
  const window = await office.window(aoi, { path: '/' });
  await office.window(ren, { path: '/' });
  // Whatever a pointer does from here on is a fault.
  await window.page.evaluate(() =>
    addEventListener('pointerdown', () => Object.assign(globalThis, { pointed: true }), true),
  );
  const { keyboard } = window.page;
  const offers = new Offers(window);
  const atField = () =>
    window.page.waitForFunction(() => document.activeElement?.matches('[data-testid="composer-field"]'));

  // She says that she is ready.
  await keyboard.press('s');
  await window.get('state-ready').waitFor();
  await window.page.waitForFunction(() => document.activeElement?.matches('[role="menu"] *'));
  await keyboard.press('Enter');
  await window.page.locator('[data-testid="my-state"][data-state="idle"], [data-state="ready"]').first().waitFor();

  // Accepts, reads, answers with a canned response.
  const hana = await counter.caller('カードをなくしました', '山田 花子');
  await offers.card.waitFor();
  await offers.armed();
  await keyboard.press('Alt+a');
  const { id } = await aoi.conversationWith(hana);
  await window.isOpen(id);
  await window.message('カードをなくしました').waitFor();
  await atField();
  await keyboard.type('/teishi');
  await window.get('caret-item').filter({ hasText: 'カードの停止' }).waitFor();
  await keyboard.press('Enter');
  await window.comesToShow(() => window.field.inputValue(), 'カードを停止いたしました。');
  await keyboard.press('Control+Enter');
  expect((await hana.received(1)).map(({ content }) => content.text)).toEqual(['カードを停止いたしました。']);

  // Attaches a picture: Tab leads from the field to the paper clip, and the cursor is in the field again when it hangs there.
  const chooser = window.page.waitForEvent('filechooser');
  for (let stops = 0; stops < 8; stops += 1) {
    await keyboard.press('Tab');
    if (await window.get('attach').evaluate((button) => button === document.activeElement)) break;
  }
  await keyboard.press('Enter');
  const picture = { name: 'ご案内.png', mimeType: 'image/png', buffer: await drawing(300, 200) };
  await (await chooser).setFiles([picture]);
  await window.get('tray-item').and(window.page.locator('[data-state="ready"]')).waitFor();
  await atField();
  await keyboard.press('Control+Enter');
  expect((await hana.received(2))[1]!.content).toMatchObject({ type: 'media', mimeType: 'image/png' });

  // Leaves a note for a colleague, who is called by her name.
  await keyboard.press('Escape');
  await keyboard.press('n');
  await window.get('composer').and(window.page.locator('[data-tab="note"]')).waitFor();
  await atField();
  await keyboard.type('再発行の希望を確認中です @渡辺');
  await window.get('caret-item').filter({ hasText: '渡辺 蓮' }).waitFor();
  await keyboard.press('Enter');
  await window.get('mention-tray').getByText('@渡辺 蓮').waitFor();
  await keyboard.press('Control+Enter');
  await window.message('再発行の希望を確認中です').getByTestId('mention').waitFor();
  const news = () => ren.get<NotificationPage>('/api/notifications');
  const called = await eventually(async () => (await news()).notifications[0], 'the colleague to be told');
  expect(called).toMatchObject({ kind: 'mention', conversationId: id, by: { name: '高橋 葵' } });

  // Hands it to a colleague who is there.
  await ren.send('PUT', '/api/agents/me/state', { routing: 'ready' });
  await keyboard.press('Escape');
  await window.asksToTakeOver('渡辺', '再発行の手続きからお願いします');
  const offer = await counter.offerOf(ren, hana);
  await ren.send('POST', `/api/offers/${offer.id}/accept`);
  await ren.send('PUT', '/api/agents/me/state', { routing: 'not_ready', reason: 'break' });
  await window.page
    .locator(`[data-testid="conversation-row"][data-conversation-id="${id}"]`)
    .waitFor({ state: 'detached' });

  // Two more: the first is closed, and the next one opens by itself.
  const first = await counter.caller('届きません', '鈴木 太郎');
  await offers.card.waitFor();
  await offers.armed();
  await keyboard.press('Escape');
  await keyboard.press('Alt+a');
  const { id: one } = await aoi.conversationWith(first);
  await window.isOpen(one);
  const second = await counter.caller('再送をお願いします', '佐藤 次郎');
  await offers.card.waitFor();
  await offers.armed();
  await keyboard.press('Alt+a');
  const { id: other } = await aoi.conversationWith(second);
  await window.isOpen(other);
  await atField();
  await keyboard.press('Alt+ArrowUp');
  await window.isOpen(one);
  await keyboard.press('Control+Alt+e');
  await window.isOpen(other);
  expect((await aoi.rows()).find((row) => row.id === one)?.contact ?? null).toBeNull();
  expect(await window.page.evaluate(() => 'pointed' in globalThis)).toBe(false);
  expect(window.faults).toEqual([]);
}, 90_000);
