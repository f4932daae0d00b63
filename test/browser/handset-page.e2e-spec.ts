import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { demoHandsets } from '../../apps/carrier-sim/handsets/demo-handsets.js';
import { botId, Stage } from '../carrier-sim/stage.js';
import { launchBrowser } from '../support/chromium.js';
import { barriers } from './barriers.js';

const hanako = '+819000000001';
const takeru = '+819000000002';
const menu = { menu: { entries: [{ menu: { displayText: '店舗', entries: [reply('東京', 'shop:tokyo')] } }] } };

function reply(displayText: string, data: string) {
  return { reply: { displayText, postback: { data } } };
}

let browser: Browser;
let stage: Stage;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  stage = await Stage.open({ handsets: demoHandsets }, { menu });
});
afterEach(async () => {
  await page.context().close();
  await stage.close();
});

async function open(query: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  page = await context.newPage();
  await page.goto(`${stage.simulator.url}/${query}`);
}

const phone = (msisdn: string): Locator => page.locator(`[data-handset="${msisdn}"]`);
const input = (msisdn: string): Locator => phone(msisdn).getByTestId('handset-input');
const bubbles = (msisdn: string): Locator => phone(msisdn).locator('[data-message-id]');
const heard = (event: string) => stage.bot.until(() => stage.bot.bodies(event)[0], event);

describe('the page of phones', () => {
  it('sends with Enter, shows one grey tick, and two when the message was read', async () => {
    await open(`?phones=${hanako}`);
    // A line of text fits before anything is written or heard.
    expect((await input(hanako).boundingBox())!.height).toBeGreaterThanOrEqual(31);
    await input(hanako).fill('届きません');
    await input(hanako).press('Enter');
    const message = await heard('message');
    expect(message.RCSMessage.textMessage).toBe('届きません');
    const bubble = phone(hanako).locator(`[data-message-id="${message.RCSMessage.msgId}"]`);
    await bubble.and(page.locator('[data-state="delivered"]')).waitFor();
    await stage.calls('PUT', `/messages/${message.RCSMessage.msgId}/status`, { RCSMessage: { status: 'displayed' } });
    await bubble.and(page.locator('[data-state="read"]')).waitFor();
    await bubble.getByRole('img', { name: '既読' }).waitFor();
    await expect.poll(() => input(hanako).inputValue()).toBe('');
  });

  it('does not send while an input method composes', async () => {
    await open(`?phones=${hanako}`);
    await input(hanako).focus();
    const session = await page.context().newCDPSession(page);
    await session.send('Input.imeSetComposition', { text: 'とうきょう', selectionStart: 5, selectionEnd: 5 });
    await session.send('Input.dispatchKeyEvent', { type: 'keyDown', key: 'Process', windowsVirtualKeyCode: 229 });
    await session.send('Input.dispatchKeyEvent', { type: 'keyDown', key: 'Enter', windowsVirtualKeyCode: 229 });
    await session.send('Input.insertText', { text: '東京' });
    expect(await input(hanako).inputValue()).toBe('東京');
    await input(hanako).press('Enter');
    await heard('message');
    expect(stage.bot.bodies('message').map((body) => body.RCSMessage.textMessage)).toEqual(['東京']);
  });

  it('shows what agents send as it comes, reads it, and lets chips be pressed', async () => {
    await open(`?phones=${hanako},${takeru}`);
    await phone(hanako).getByRole('log').waitFor();
    await stage.sends({ isTyping: 'active' }, { userContact: hanako });
    await phone(hanako).getByRole('img', { name: '入力中' }).waitFor();
    const suggestedChipList = { suggestions: [reply('はい', 'yes'), reply('いいえ', 'no')] };
    const sent = await stage.sends({ textMessage: 'お困りですか', suggestedChipList }, { userContact: hanako });
    const { msgId } = sent.body.RCSMessage;
    await stage.bot.until(() => stage.bot.statuses(msgId).includes('displayed'), 'read');
    await phone(hanako).getByRole('img', { name: '入力中' }).waitFor({ state: 'detached' });
    await phone(hanako).getByRole('group', { name: '返信の候補' }).getByRole('button', { name: 'はい' }).click();
    const pressed = await heard('response');
    expect(pressed.RCSMessage.suggestedResponse).toEqual({ response: reply('はい', 'yes') });
    await bubbles(hanako).getByText('はい').waitFor();
    await phone(hanako).locator('.chip-row').waitFor({ state: 'detached' });
    expect(await bubbles(takeru).count()).toBe(0);
  });

  it('begins the use, opens the fixed menu, and sends stickers, places and pictures', async () => {
    await open(`?phones=${hanako}&bot=${encodeURIComponent(botId)}`);
    await phone(hanako).getByRole('button', { name: '利用を開始する' }).click();
    await heard('newUser');
    await phone(hanako).getByRole('button', { name: '固定メニュー' }).click();
    await phone(hanako).getByRole('button', { name: '店舗' }).click();
    await phone(hanako).getByRole('button', { name: '東京' }).click();
    await stage.bot.until(() => stage.bot.bodies('response').length === 1, 'the menu entry');
    await phone(hanako).getByRole('button', { name: 'スタンプ', exact: true }).click();
    await phone(hanako).getByRole('button', { name: 'スタンプ: thanks' }).click();
    await phone(hanako).getByRole('button', { name: '写真や位置情報を送る' }).click();
    await phone(hanako)
      .locator('input[type=file]')
      .setInputFiles({ name: 'メモ.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
    await stage.bot.until(() => stage.bot.bodies('message').length === 2, 'sticker and file');
    await phone(hanako).getByRole('button', { name: '写真や位置情報を送る' }).click();
    await phone(hanako).getByRole('button', { name: '位置情報', exact: true }).click();
    await phone(hanako).getByRole('button', { name: '大阪駅' }).click();
    await stage.bot.until(() => stage.bot.bodies('message').length === 3, 'the place');
    await expect.poll(() => bubbles(hanako).count()).toBe(5);
  });

  it('switches lines, adds phones, and says what is wrong with a number', async () => {
    await open(`?phones=${hanako}`);
    const row = page.locator(`[data-row="${hanako}"]`);
    await row.getByRole('button', { name: '山田 花子の設定' }).click();
    await row.getByRole('switch', { name: '圏外' }).click();
    await phone(hanako).getByText('圏外です。').waitFor();
    await input(hanako).fill('あとで');
    await input(hanako).press('Enter');
    await bubbles(hanako).and(page.locator('[data-state="waiting"]')).waitFor();
    await row.getByRole('switch', { name: '圏外' }).click();
    await heard('message');
    await page.getByRole('button', { name: '電話を追加' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('電話番号').fill('12');
    await dialog.getByRole('button', { name: '追加する' }).click();
    expect(await dialog.getByRole('alert').textContent()).toContain('090-1234-5678');
    await dialog.getByLabel('電話番号').fill('０８０ー１２３４ー５６７８');
    await dialog.getByRole('button', { name: '追加する' }).click();
    await phone('+818012345678').waitFor();
  });

  it('says that the simulator is away, and catches up without being loaded again', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'handset-page-'));
    const first = await Stage.open({ dataDir });
    const context = await browser.newContext();
    const away = await context.newPage();
    await first.says('一通目', { userContact: hanako });
    await away.goto(`${first.simulator.url}/?phones=${hanako}`);
    await away.locator('[data-message-id]').getByText('一通目').waitFor();
    await first.simulator.close();
    await away.getByText('シミュレーターにつながりません').waitFor();
    const second = await Stage.open({ dataDir, port: first.simulator.port }, {}, first.bot);
    await second.says('二通目', { userContact: hanako });
    await away.locator('[data-message-id]').getByText('二通目').waitFor();
    expect(await away.locator('[data-message-id]').count()).toBe(2);
    await away.getByText('シミュレーターにつながりません').waitFor({ state: 'detached' });
    await context.close();
    await second.close();
    await rm(dataDir, { recursive: true });
  });

  it('speaks English, fits a small screen, and is readable by everybody', async () => {
    await stage.sends({ textMessage: 'お困りですか' }, { userContact: hanako });
    for (const colorScheme of ['light', 'dark'] as const) {
      await open(`?phones=${hanako}`, { colorScheme });
      await bubbles(hanako).waitFor();
      await page.evaluate('Promise.all(document.getAnimations().map((each) => each.finished))');
      expect(await barriers({ page }, colorScheme, { strict: true })).toEqual([]);
      await page.context().close();
    }
    await open('', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Handsets' }).waitFor();
    await page.locator(`[data-row="${hanako}"]`).getByRole('button').first().click();
    await input(hanako).waitFor();
    expect(await input(hanako).getAttribute('placeholder')).toBe('Type a message');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await phone(hanako).getByRole('button', { name: 'Back' }).click();
    await page.locator(`[data-row="${hanako}"]`).waitFor();
  });
});
