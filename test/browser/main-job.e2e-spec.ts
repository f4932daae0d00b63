import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD } from '../support/world.js';
import { Office } from './office.js';

let office: Office;

beforeAll(async () => {
  office = await Office.open();
});
afterEach(() => office.closeWindows());
afterAll(() => office?.close());

describe('the main job, on the screens of both', () => {
  it('a customer writes, an agent answers, each sees what the other does; nobody reloads', async () => {
    const aoi = await office.agent({ name: '高橋 葵' });
    const hana = await office.customer();
    const phone = await office.handset(hana);
    const window = await office.emptyWindow(aoi.url);
    await window.goes('/?view=unassigned');
    await window.signsIn(aoi.view.email, PASSWORD);
    await window.ready();
    await window.get('list-empty').waitFor();
    for (const { page } of [window, phone]) await page.evaluate(() => Object.assign(globalThis, { loadedOnce: true }));

    await phone.writes('カードをなくしました');
    const rows = window.get('conversation-row');
    await rows.getByText('カードをなくしました').waitFor();
    await window.comesToShow(() => window.get('count-unassigned').innerText(), '1');
    expect(await rows.getByTestId('row-name').innerText()).toMatch(/^090-/);
    await rows.click();
    await window.message('カードをなくしました').waitFor();
    const { id } = await aoi.conversationWith(hana);

    // Looking is not reading: only whoever serves the customer has read it.
    await window.get('reply-gate').waitFor();
    await phone
      .bubble('カードをなくしました', 'customer')
      .and(phone.page.locator('[data-state="delivered"]'))
      .waitFor();
    await window.get('take').click();
    await window.field.waitFor();
    await phone.bubble('カードをなくしました', 'customer').and(phone.page.locator('[data-state="read"]')).waitFor();

    await window.field.pressSequentially('すぐに');
    await phone.phone.getByRole('img', { name: '入力中' }).waitFor();
    await window.field.pressSequentially('止めます。');
    await window.field.press('Control+Enter');
    await phone.bubble('すぐに止めます。', 'bot').waitFor();
    await phone.phone.getByRole('img', { name: '入力中' }).waitFor({ state: 'detached' });
    expect(await phone.phone.locator('.head-name').innerText()).toMatch(/^窓口銀行\s+認証済み$/);

    const answer = window.message('すぐに止めます。');
    await answer.and(window.page.locator('[data-delivery="read"][data-receipt="read"]')).waitFor();
    const tick = answer.getByTestId('tick');
    expect(await tick.getByRole('img').getAttribute('aria-label')).toMatch(/^既読 \d\d:\d\d$/);
    expect(await tick.locator('svg.tabler-icon-checks').count()).toBe(1);
    const [red, , blue] = (await tick.evaluate((mark) => getComputedStyle(mark).color)).match(/\d+/g)!.map(Number);
    expect(blue! - red!).toBeGreaterThan(60);

    const suggestions = ['はい', 'いいえ'].map((label) => ({ kind: 'reply', label, payload: `stop:${label}` }));
    await aoi.send('POST', `/api/conversations/${id}/messages`, {
      clientId: crypto.randomUUID(),
      content: { type: 'text', text: '再発行しますか。', suggestions },
    });
    await phone.phone.getByRole('group', { name: '返信の候補' }).getByRole('button', { name: 'はい' }).click();
    await window.message('「はい」を選択').and(window.page.locator('[data-author="customer"]')).waitFor();
    await phone.bubble('はい', 'customer').and(phone.page.locator('[data-state="read"]')).waitFor();

    await window.get('more').click();
    await window.get('give-back').click();
    await window.comesToShow(() => window.get('owner').innerText(), '未担当');
    await window.get('reply-gate').and(window.page.locator('[data-why="unowned"]')).waitFor();
    await window.get('take-here').click();
    await window.comesToShow(() => window.get('owner').innerText(), '自分の担当');
    await window.get('close').click();
    await window.get('close-confirm').click();
    await window.get('reply-gate').and(window.page.locator('[data-why="closed"]')).waitFor();
    await window.comesToShow(() => window.get('contact').count(), 1);
    await window.comesToShow(() => window.get('count-unassigned').innerText(), '0');

    await phone.writes('もう一つだけ');
    await window.message('もう一つだけ').waitFor();
    await window.comesToShow(() => window.get('owner').innerText(), '未担当');
    await window.comesToShow(() => window.get('contact').count(), 2);
    await window.row(id).waitFor();
    for (const { page } of [window, phone])
      expect(await page.evaluate(() => (globalThis as { loadedOnce?: boolean }).loadedOnce)).toBe(true);
    expect(window.faults).toEqual([]);
  });

  it('what was answered before it was marked as read is marked all the same', async () => {
    const aoi = await office.agent();
    const { id } = await office.caller(aoi, '急いでいます');
    await aoi.takes(id);
    await aoi.posts(id, 'すぐに伺います');
    expect((await aoi.detail(id)).conversation).toMatchObject({ unread: 1, contact: { state: 'waiting' } });
    const window = await office.window(aoi, { path: `/c/${id}` });
    await window.isOpen(id);
    await window.comesToShow(async () => (await aoi.detail(id)).conversation.unread, 0);
  });

  it('a customer who hides read marks is never called one who has not read', async () => {
    const aoi = await office.agent();
    const { customer, id } = await office.caller(aoi, 'こんにちは', { receipts: false });
    await aoi.takes(id);
    const phone = await office.handset(customer);
    const window = await office.window(aoi, { path: `/c/${id}` });
    await window.isOpen(id);
    await window.writes('承りました。');
    await phone.bubble('承りました。', 'bot').waitFor();
    const answer = window.message('承りました。');
    await answer.and(window.page.locator('[data-delivery="delivered"][data-receipt="unknown"]')).waitFor();
    expect(await answer.getByTestId('receipt-unknown').innerText()).toBe('既読 確認不可');
    // The agent has read everything and opens it anew, so whatever says 未読 now says it of the answer.
    await window.comesToShow(async () => (await aoi.detail(id)).conversation.unread, 0);
    await window.page.reload();
    await window.isOpen(id);
    await answer.getByTestId('receipt-unknown').waitFor();
    const everything = await window.page.evaluate(() => {
      const spoken = [...document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')].flatMap((element) =>
        ['aria-label', 'title', 'placeholder', 'alt'].map((name) => element.getAttribute(name) ?? ''),
      );
      return [document.title, document.body.textContent, ...spoken].join('\n');
    });
    expect(everything).toContain('承りました。');
    expect(everything).not.toContain('未読');
    expect(window.faults).toEqual([]);
  });
});

describe('wherever the agent sits', () => {
  it('a screen at one node shows what came through another, as it comes', async () => {
    const second = await office.world.node();
    const aoi = await office.agent();
    const hana = await office.customer();
    const phone = await office.handset(hana);
    const window = await office.window(aoi.at(second.url));
    await phone.writes('一つ目のノードへ');
    await window.get('conversation-row').filter({ hasText: '一つ目のノードへ' }).click();
    await window.message('一つ目のノードへ').waitFor();
    const { id } = await aoi.conversationWith(hana);
    await phone.phone.getByTestId('handset-input').pressSequentially('まだ');
    await window.get('typing').getByText('が入力中').waitFor();
    await window.row(id).getByTestId('row-typing').waitFor();
    await window.get('take').click();
    await window.field.pressSequentially('二つ目から');
    await phone.phone.getByRole('img', { name: '入力中' }).waitFor();
    await window.field.press('Control+Enter');
    await phone.bubble('二つ目から', 'bot').waitFor();
    await window.message('二つ目から').and(window.page.locator('[data-delivery="read"]')).waitFor();
    await aoi.notes(id, '一つ目のノードで書いたメモ');
    await window.message('一つ目のノードで書いたメモ').waitFor();
    expect(window.faults).toEqual([]);
    await office.closeWindows();
    await office.world.leave(second);
  });
});

describe('a conversation of a colleague', () => {
  it('cannot be opened by somebody who sees only her own, and closes under her when a colleague takes it', async () => {
    const aoi = await office.agent();
    const yui = await office.agent({ name: '結衣', visibility: 'own' });
    const { id } = await office.caller(aoi, '他の人には内緒です');
    await aoi.takes(id);
    const window = await office.window(yui, { path: `/c/${id}?view=all` });
    await window.get('not-found').waitFor();
    expect(await window.get('not-found').getByRole('heading').innerText()).toBe('この会話は開けません');
    expect(await window.page.content()).not.toContain('内緒');

    await window.get('not-found').getByRole('button', { name: '一覧へ戻る' }).click();
    await aoi.givesBack(id);
    await window.opens(id);
    await window.message('他の人には内緒です').waitFor();
    // The pointer still rests on its row.
    await aoi.takes(id);
    await window.get('not-found').waitFor();
    await window.row(id).waitFor({ state: 'detached' });
    expect(await window.page.content()).not.toContain('内緒');
    expect(window.faults).toEqual([]);
  });

  it('leaves the list at once, even from under the pointer: nothing but an empty place stays until the pointer goes', async () => {
    const aoi = await office.agent();
    const yui = await office.agent({ name: '結衣', visibility: 'own' });
    const { id: below } = await office.caller(aoi, '下の方');
    const { id } = await office.caller(aoi, '結衣には内緒になります');
    const { id: above } = await office.caller(aoi, '上の方');
    const window = await office.window(yui, { path: '/?view=all&order=newest' });
    expect((await window.listed()).slice(0, 3)).toEqual([above, id, below]);
    await window.row(id).hover();
    const place = await window.row(id).boundingBox();
    const neighbour = await window.row(below).boundingBox();

    await aoi.takes(id);
    await window.row(id).waitFor({ state: 'detached' });
    expect(await window.page.content()).not.toContain('内緒');
    const left = window.get('row-left');
    expect(await left.boundingBox()).toMatchObject({ x: place!.x, y: place!.y, width: place!.width });
    expect(await left.getAttribute('aria-hidden')).toBe('true');
    expect(await left.innerHTML()).toBe('');
    expect(await window.row(below).boundingBox()).toEqual(neighbour);
    await window.page.mouse.down();
    await window.page.mouse.up();
    expect(new URL(window.page.url()).pathname).toBe('/');
    // The keys step over it.
    await window.row(above).focus();
    await window.page.keyboard.press('ArrowDown');
    await window.page.waitForFunction(
      (next) => document.activeElement?.matches(`[data-conversation-id="${next}"]`),
      below,
    );

    await window.page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await window.page.mouse.move(900, 500);
    await left.waitFor({ state: 'detached' });
    await window.comesToShow(async () => (await window.row(below).boundingBox())!.y, place!.y);
    expect(window.faults).toEqual([]);
  });

  it('gives the keyboard to the row beside it when it leaves from under the keyboard', async () => {
    const aoi = await office.agent();
    const yui = await office.agent({ name: '結衣', visibility: 'own' });
    const { id: below } = await office.caller(aoi, '下の方');
    const { id } = await office.caller(aoi, '結衣には内緒になります');
    const window = await office.window(yui, { path: '/?view=all&order=newest' });
    await window.page.keyboard.press('Tab');
    await window.row(id).focus();
    const focused = (wanted: string) =>
      window.page.waitForFunction((id) => document.activeElement?.matches(`[data-conversation-id="${id}"]`), wanted);
    await focused(id);
    await aoi.takes(id);
    await focused(below);
    expect(await window.page.content()).not.toContain('内緒');
    await window.page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await window.get('row-left').waitFor({ state: 'detached' });
    expect(window.faults).toEqual([]);
  });
});
