import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AgentDesk } from '../support/agent-desk.js';
import { eventually } from '../support/eventually.js';
import { Composition } from './composition.js';
import type { ConsoleWindow } from './console-window.js';
import { Office } from './office.js';

let office: Office;
let aoi: AgentDesk;

beforeAll(async () => {
  office = await Office.open();
});
beforeEach(async () => {
  aoi = await office.agent();
});
afterEach(() => office.closeWindows());
afterAll(() => office?.close());

/** A window in which an agent serves somebody. */
async function serving(options: Parameters<Office['window']>[1] = {}) {
  const { customer, id } = await office.caller(aoi, 'お願いします');
  await aoi.takes(id);
  const window = await office.window(aoi, { path: `/c/${id}?view=all`, ...options });
  await window.isOpen(id);
  await window.field.waitFor();
  return { customer, id, window };
}

describe('Japanese input', () => {
  it.each(['modEnter', 'enter'] as const)(
    'the Enter that ends a conversion sends nothing (sending with %s)',
    async (sendKey) => {
      const { customer, window, id } = await serving({ preferences: { sendKey } });
      await window.field.focus();
      const keys = await Composition.begin(window, 'とうきょう');
      await keys.press('Enter', 13);
      // Some end the composition before the key goes down, and only its code still tells.
      await keys.commit('東京');
      await keys.press('Enter', 229);
      await window.comesToShow(() => window.field.inputValue(), '東京');
      await Composition.begin(window, 'えき');
      await keys.press('Enter', 13, { ctrl: true });
      await keys.commit('駅');
      expect(await window.field.inputValue()).toBe('東京駅');
      expect(await window.shown()).toHaveLength(2);

      if (sendKey === 'modEnter') {
        await window.field.press('Enter');
        expect(await window.field.inputValue()).toBe('東京駅\n');
        await window.field.press('Backspace');
        await window.field.press('Control+Enter');
      } else {
        await window.field.press('Shift+Enter');
        expect(await window.field.inputValue()).toBe('東京駅\n');
        await window.field.press('Backspace');
        await window.field.press('Enter');
      }
      expect((await customer.received(1)).map(({ content }) => content.text)).toEqual(['東京駅']);
      expect(
        (await aoi.messages(id)).filter(({ kind, author }) => kind === 'message' && author.kind === 'agent'),
      ).toHaveLength(1);
      expect(window.faults).toEqual([]);
    },
  );

  it('no shortcut acts while something is composed or written, and each acts outside', async () => {
    const { id: other } = await office.caller(aoi, '別の方');
    const { id, window } = await serving();
    await window.field.focus();
    for (const key of ['j', 'k', 'r', 'n', 'a', '?']) await window.field.press(key);
    await window.comesToShow(() => window.field.inputValue(), 'jkrna?');
    const keys = await Composition.begin(window, 'じ');
    for (const [key, code] of [
      ['j', 74],
      ['n', 78],
      ['Escape', 27],
    ] as const)
      await keys.press(key, code);
    await keys.commit('字');
    expect(await window.field.inputValue()).toBe('jkrna?字');
    expect(new URL(window.page.url()).pathname).toBe(`/c/${id}`);
    expect(await window.get('composer').getAttribute('data-tab')).toBe('reply');
    expect(await window.get('cheat-sheet').count()).toBe(0);

    // A composition outside of any field: a key that belongs to it says so by 229.
    await window.field.press('Escape');
    await keys.press('n', 229);
    await keys.press('j', 229);
    expect(await window.get('composer').getAttribute('data-tab')).toBe('reply');

    const order = await window.listed();
    const [forward, backward] = order.indexOf(other) > order.indexOf(id) ? ['j', 'k'] : ['k', 'j'];
    await window.page.keyboard.press(forward!);
    await window.isOpen(order[order.indexOf(id) + (forward === 'j' ? 1 : -1)]!);
    await window.page.keyboard.press(backward!);
    await window.isOpen(id);
    await window.page.keyboard.press('n');
    await window.get('composer').and(window.page.locator('[data-tab="note"]')).waitFor();
    await window.page.waitForFunction(() => document.activeElement?.matches('[data-testid="composer-field"]'));
    await window.page.keyboard.press('Escape');
    await window.page.keyboard.press('r');
    await window.get('composer').and(window.page.locator('[data-tab="reply"]')).waitFor();
    await window.page.keyboard.press('Escape');
    await window.page.keyboard.press('?');
    await window.get('cheat-sheet').waitFor();
    expect(window.faults).toEqual([]);
  });
});

describe('what is written and not sent', () => {
  it('survives the switch to another conversation, and a reload', async () => {
    const { id: other } = await office.caller(aoi, '別の方');
    const { id, window } = await serving();
    await aoi.takes(other);
    await window.field.fill('まだ書きかけの');
    await window.opens(other);
    await window.comesToShow(() => window.field.inputValue(), '');
    await window.field.fill('こちらも');
    await window.opens(id);
    await window.comesToShow(() => window.field.inputValue(), 'まだ書きかけの');
    await window.field.press('End');
    await window.field.pressSequentially('返事');
    await window.page.reload();
    await window.isOpen(id);
    await window.comesToShow(() => window.field.inputValue(), 'まだ書きかけの返事');
    await window.opens(other);
    await window.comesToShow(() => window.field.inputValue(), 'こちらも');
    expect((await aoi.messages(id)).some(({ kind, author }) => kind === 'message' && author.kind === 'agent')).toBe(
      false,
    );

    await window.opens(id);
    await window.field.press('Control+Enter');
    await window.message('まだ書きかけの返事').waitFor();
    await eventually(async () => (await aoi.detail(id)).draft === '', 'the draft to be gone');
    await window.page.reload();
    await window.isOpen(id);
    expect(await window.field.inputValue()).toBe('');
    expect(window.faults).toEqual([]);
  });
});

describe('what is sent', () => {
  it('stands in the thread at once, whatever the server takes, and keeps its place and its order', async () => {
    const { customer, window } = await serving();
    const { held, release } = await holdPosts(window);
    await window.writes('一つ目');
    await window.writes('二つ目');
    // Impatience sends nothing twice: the books below say so.
    await window.field.press('Control+Enter');
    for (const text of ['一つ目', '二つ目'])
      await window.message(text).and(window.page.locator('[data-delivery="sending"]')).waitFor();
    expect(await window.field.inputValue()).toBe('');
    await eventually(() => held() === 1, 'one at a time');
    release();
    await customer.received(2);
    for (const text of ['一つ目', '二つ目'])
      await window.message(text).and(window.page.locator('[data-delivery="delivered"]')).waitFor();
    const texts = (await window.shown()).map(({ text }) => text);
    expect(texts.slice(-2)).toEqual(['一つ目', '二つ目']);
    expect(texts).toHaveLength(4);
    expect((await customer.sees()).map(({ content }) => content.text).slice(-2)).toEqual(['一つ目', '二つ目']);
  });

  it('waits out a line that is down or whose answers are lost, and appears once', async () => {
    const { customer, id, window } = await serving();
    await window.isCut();
    await window.get('banner').waitFor();
    await window.writes('線が切れている間に');
    await window.message('線が切れている間に').getByText('接続を待っています').waitFor();
    let lost = 0;
    await window.page.route('**/messages', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.fallback();
      lost += 1;
      await route.fetch();
      await route.abort('connectionreset');
    });
    await window.comesBack();
    await window.message('線が切れている間に').and(window.page.locator('[data-delivery="delivered"]')).waitFor();
    await customer.received(1);
    expect(lost).toBe(1);
    await window.comesToShow(() => window.page.locator('[data-delivery="sending"]').count(), 0);
    expect((await window.shown()).filter(({ text }) => text === '線が切れている間に')).toHaveLength(1);
    const stored = (await aoi.messages(id)).filter(({ author }) => author.kind === 'agent');
    expect(stored.filter(({ kind }) => kind === 'message')).toHaveLength(1);
    expect((await customer.sees()).filter(({ from }) => from === 'bot')).toHaveLength(1);
    await window.page.reload();
    await window.isOpen(id);
    await window.comesToShow(() => window.message('線が切れている間に').count(), 1);
  });

  it('stays red with its reason when it did not arrive, until it is sent again', async () => {
    const { customer, window } = await serving();
    await customer.changesHandset({ plusMessage: false });
    await window.writes('届きますか');
    const message = window.message('届きますか');
    await message.and(window.page.locator('[data-delivery="failed"]')).waitFor();
    expect(await message.getByTestId('delivery-trouble').innerText()).toMatch(
      /^送信失敗 お客様の端末に届きませんでした/,
    );
    await customer.changesHandset({ plusMessage: true });
    await message.getByTestId('retry').click();
    await message.and(window.page.locator('[data-delivery="delivered"]')).waitFor();
    expect(await message.getByTestId('delivery-trouble').count()).toBe(0);
    expect(await customer.received(1)).toHaveLength(1);
  });
});

/** Posts wait at the door until they are released. */
async function holdPosts(window: ConsoleWindow) {
  let open: () => void = () => undefined;
  let waiting = 0;
  const released = new Promise<void>((resolve) => (open = resolve));
  await window.page.route('**/messages', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    waiting += 1;
    await released;
    await route.continue();
  });
  return { held: () => waiting, release: open };
}
