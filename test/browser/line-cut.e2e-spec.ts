import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import type { ConsoleWindow } from './console-window.js';
import { Office } from './office.js';

let office: Office;

beforeAll(async () => {
  office = await Office.open();
});
afterEach(() => office.closeWindows());
afterAll(() => office?.close());

const CUT_MS = 30_000;

describe('a line that is cut', () => {
  it('for thirty seconds, while twenty messages come and one is read elsewhere: afterwards the screen equals a fresh one', async () => {
    const aoi = await office.agent();
    const { customer, id } = await office.caller(aoi, '始まり');
    await aoi.takes(id);
    const { body: answer } = await aoi.posts(id, '読んでください');
    await customer.received(1);
    const window = await office.window(aoi, { path: `/c/${id}?view=all` });
    await window.isOpen(id);
    await window.message('読んでください').and(window.page.locator('[data-delivery="delivered"]')).waitFor();

    const cutAt = Date.now();
    await window.isCut();
    const banner = window.get('banner');
    await banner.waitFor();
    expect(await banner.innerText()).toMatch(/^接続が切れています — \d\d:\d\d:\d\d 時点の表示$/);
    const told = await banner.innerText();

    for (let n = 1; n <= 20; n += 1) await customer.writes(`切断中 ${n}`);
    await customer.reads();
    await eventually(async () => (await aoi.detail(id)).conversation.lastSeq === 23, 'all twenty');
    await aoi.reads(id, 10);
    await eventually(
      async () => (await aoi.messages(id)).find((message) => message.id === answer.id)?.delivery?.state === 'read',
      'the read mark',
    );
    expect((await window.shown()).map(({ text }) => text)).not.toContain('切断中 1');
    await eventually(() => Date.now() - cutAt >= CUT_MS, 'the cut to be long enough', CUT_MS);
    expect(await banner.innerText()).toBe(told);

    await window.comesBack();
    await window.online();
    await banner.waitFor({ state: 'detached' });
    await window.get('thread').and(window.page.locator('[data-last-seq="23"]')).waitFor();
    await window.comesToShow(async () => (await aoi.detail(id)).conversation.unread, 0);
    const fresh = await office.window(aoi, { path: `/c/${id}?view=all`, viewport: { width: 1440, height: 3000 } });
    await fresh.isOpen(id);
    await fresh.page.locator('[data-testid="message"][data-message-seq="23"]').waitFor();
    await window.page.setViewportSize({ width: 1440, height: 3000 });
    const expected = await fresh.shown();
    expect(expected.map(({ seq }) => Number(seq))).toEqual(Array.from({ length: 23 }, (_, place) => place + 1));
    expect(expected.filter(({ text }) => text.startsWith('切断中')).map(({ text }) => text)).toEqual(
      Array.from({ length: 20 }, (_, n) => `切断中 ${n + 1}`),
    );
    await window.comesToShow(() => window.shown(), expected);
    // All but the time that goes by.
    const row = async (of: ConsoleWindow) => (await of.row(id).innerText()).replaceAll(/\d+(時間|分|秒)/g, '');
    await window.comesToShow(() => row(window), await row(fresh));
    expect(expected.find(({ text }) => text === '読んでください')).toMatchObject({ delivery: 'read', receipt: 'read' });
    expect([...window.faults, ...fresh.faults]).toEqual([]);
  });
});
