import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AgentDesk } from '../support/agent-desk.js';
import { eventually } from '../support/eventually.js';
import { drawing } from '../support/pictures.js';
import { barriers } from './barriers.js';
import { Composition } from './composition.js';
import { Office, phone } from './office.js';

let office: Office;
let aoi: AgentDesk;
let ren: AgentDesk;

beforeAll(async () => {
  office = await Office.open();
});
beforeEach(async () => {
  [aoi, ren] = await Promise.all([office.agent(), office.agent({ name: '鈴木 蓮', role: 'supervisor' })]);
});
afterEach(() => office.closeWindows());
afterAll(() => office?.close());

/** The same conversation, on the screens of two. */
async function together(options: Parameters<Office['window']>[1] = {}) {
  const { customer, id } = await office.caller(aoi, 'お願いします');
  await aoi.takes(id);
  const path = `/c/${id}?view=all`;
  const [left, right] = await Promise.all([office.window(aoi, { path, ...options }), office.window(ren, { path })]);
  await Promise.all([left.isOpen(id), right.isOpen(id)]);
  return { customer, id, left, right };
}

describe('a note', () => {
  it('names a colleague by the keyboard, and she finds it', async () => {
    const { id, left, right } = await together();
    await office.agent({ name: '咲', visibility: 'own' });
    await right.page.goto(`${right.url}/?view=all`);
    await right.ready();

    await left.page.keyboard.press('n');
    await left.field.waitFor();
    const keys = await Composition.begin(left, 'かくにん@');
    expect(await left.get('caret-menu').count()).toBe(0);
    await keys.commit('確認');
    await left.page.keyboard.type('@');
    await left.get('caret-item').first().waitFor();
    const offered = (await left.get('caret-item').allInnerTexts()).join();
    expect(offered).toContain('鈴木 蓮');
    expect(offered).not.toContain('咲');
    await left.page.keyboard.press('Escape');
    await left.get('caret-menu').waitFor({ state: 'detached' });
    expect(await left.field.inputValue()).toBe('確認@');
    await left.page.keyboard.type(' @鈴木');
    await left.comesToShow(() => left.get('caret-item').count(), 1);
    const described = await left.field.getAttribute('aria-activedescendant');
    expect(await left.page.locator(`[id="${described}"]`).getAttribute('aria-selected')).toBe('true');
    expect(await barriers(left, 'screen', { strict: true })).toEqual([]);
    await left.page.keyboard.press('Enter');
    await left.comesToShow(() => left.field.inputValue(), '確認@ @鈴木 蓮 ');
    await left.get('mention-tray').getByText('@鈴木 蓮').waitFor();
    await left.page.keyboard.type('さん');
    await left.page.keyboard.press('Control+Enter');
    await left.get('mention').and(left.page.getByText('@鈴木 蓮')).waitFor();

    await right.page.locator('[data-testid="bell"][data-unread="1"]').waitFor();
    await right.get('bell').click();
    await right.get('notification').waitFor();
    expect(await right.get('notification').innerText()).toContain('葵 さんがメモであなたを呼びました');
    expect(await barriers(right, 'screen', { strict: true })).toEqual([]);
    await right.get('notification').click();
    await right.isOpen(id);
    const [noted] = (await aoi.messages(id)).filter(({ kind }) => kind === 'note');
    expect(new URL(right.page.url()).searchParams.get('message')).toContain(noted!.id);
    await right.page.locator('[data-testid="bell"][data-unread="0"]').waitFor();
    await right.page.locator('[data-testid="mention"][data-me]').waitFor();
    expect([left.faults, right.faults]).toEqual([[], []]);
  });
});

describe('what is written and not sent', () => {
  it('comes to her other screen, stays through Esc and a reload, shows in the list, and goes when it is sent', async () => {
    const { customer, id, left } = await together();
    const other = await office.window(aoi, { path: `/c/${id}?view=all`, viewport: phone, ready: false });
    await other.isOpen(id);
    await left.field.fill('確認して');
    await other.comesToShow(() => other.field.inputValue(), '確認して');
    await other.field.press('End');
    await other.field.pressSequentially('います');
    await left.comesToShow(() => left.field.inputValue(), '確認しています');
    await left.get('tab-note').click();
    await left.field.fill('社内の控え');
    await left.field.press('Escape');
    await left.page.reload();
    await left.isOpen(id);
    await left.comesToShow(() => left.field.inputValue(), '確認しています');
    await left.get('tab-note').click();
    expect(await left.field.inputValue()).toBe('社内の控え');
    await left.field.fill('');
    await left.page.goto(`${left.url}/?view=all`);
    await left.ready();
    await left.row(id).getByTestId('row-draft').waitFor();
    expect(await left.row(id).getByTestId('row-preview').innerText()).toContain('確認しています');

    await other.field.press('Control+Enter');
    await customer.received(1);
    await left.row(id).getByTestId('row-draft').waitFor({ state: 'detached' });
    await left.opens(id);
    expect(await left.field.inputValue()).toBe('');
    expect([left.faults, other.faults]).toEqual([[], []]);
  });
});

describe('a page that closes', () => {
  it('right after the last key loses nothing of what was written', async () => {
    const { id, left } = await together();
    await left.field.fill('途中まで書いた返信');
    await left.page.close({ runBeforeUnload: false });
    await eventually(async () => (await aoi.detail(id)).draft === '途中まで書いた返信', 'the words on the server');
  });
});

describe('two agents in one conversation', () => {
  it('see each other, and the second answer is asked about, here and by the server', async () => {
    const { customer, id, left, right } = await together();
    await left.get('viewers').getByText('鈴木 蓮 さんが見ています').waitFor();
    await right.get('viewers').getByText('葵 さんが見ています').waitFor();
    await left.field.fill('ただいま確認');
    await right.get('viewers').getByText('葵 さんが返信を書いています').waitFor();

    // Taken over while she writes: her words stay hers, and whoever took it is asked before a second answer.
    await ren.send('POST', `/api/conversations/${id}/assign`, { agentId: 'me', override: true });
    await right.field.waitFor();
    await right.writes('部長です');
    await right.get('second-answer').getByText('葵 さんが今、返信を書いています').waitFor();
    await right.page.keyboard.press('Enter');
    await right.get('second-answer').waitFor({ state: 'detached' });
    expect(await right.field.inputValue()).toBe('部長です');
    await right.field.press('Control+Enter');
    await right.get('second-send').click();
    expect((await customer.received(1)).map(({ content }) => content.text)).toEqual(['部長です']);

    // Given back, her words of before are asked about: an answer came after they were begun.
    await ren.givesBack(id);
    await aoi.takes(id);
    await left.field.waitFor();
    expect(await left.field.inputValue()).toBe('ただいま確認');
    await left.field.press('Control+Enter');
    await left.get('second-answer').getByText('鈴木 蓮 さんが返信しました').waitFor();
    await left.get('second-back').click();

    // A screen that has not heard of the answer is stopped by the server.
    await left.field.fill('');
    await left.isCut();
    await left.field.fill('古い画面から');
    await ren.send('POST', `/api/conversations/${id}/assign`, { agentId: 'me', override: true });
    await ren.posts(id, '先に答えました');
    await ren.send('POST', `/api/conversations/${id}/assign`, { agentId: aoi.view.id, override: true });
    await left.field.press('Control+Enter');
    await left.message('古い画面から').waitFor();
    await left.comesBack();
    await left.get('unsent-answer').getByText('鈴木 蓮 さんが先に返信した').waitFor();
    await left.get('to-draft').click();
    await left.comesToShow(() => left.field.inputValue(), '古い画面から');
    await left.message('先に答えました').waitFor();
    expect((await customer.received(2)).map(({ content }) => content.text)).toEqual(['部長です', '先に答えました']);

    // What hangs above the field is an answer too.
    await left.field.fill('');
    await left.get('sticker').click();
    await left.get('sticker-choice').first().click();
    await left.get('tray-item').waitFor();
    await ren.send('POST', `/api/conversations/${id}/assign`, { agentId: 'me', override: true });
    await ren.posts(id, 'また先に');
    await ren.send('POST', `/api/conversations/${id}/assign`, { agentId: aoi.view.id, override: true });
    await left.message('また先に').waitFor();
    await left.field.press('Control+Enter');
    await left.get('second-answer').getByText('鈴木 蓮 さんが返信しました').waitFor();
    await left.get('second-back').click();
    expect(await left.get('tray-item').count()).toBe(1);
    await left.field.press('Control+Enter');
    await left.get('second-send').click();
    expect((await customer.received(4)).map(({ content }) => content.type)).toEqual(['text', 'text', 'text', 'media']);
    await left.get('tray-item').waitFor({ state: 'detached' });
    await right.page.goto('about:blank');
    await left.get('viewers').waitFor({ state: 'detached' });
  });
});

describe('a reply', () => {
  it('is shown once more before it leaves, and can be taken back into the field', async () => {
    const { customer, id, left } = await together({ preferences: { undoSeconds: 10, confirmSend: true } });
    const undoOf = (text: string) => left.message(text).getByTestId('undo-send');
    // Looked at for as long as it takes; what is taken back has ten seconds.
    await left.writes('眺める内容');
    await left.get('confirm-go').click();
    await undoOf('眺める内容').waitFor();
    expect(await barriers(left, 'screen', { strict: true })).toEqual([]);
    await left.writes('間違えた内容');
    await left.get('confirm-send').getByText('間違えた内容').waitFor();
    await left.page.waitForFunction(() => document.activeElement?.matches('[data-testid="confirm-go"]'));
    await left.page.keyboard.press('Enter');
    await undoOf('間違えた内容').click();
    await left.comesToShow(() => left.field.inputValue(), '間違えた内容');
    await undoOf('間違えた内容').waitFor({ state: 'detached' });
    // What hung above the field comes back as well, a file as the same file.
    await left.field.fill('');
    const buffer = await drawing(300, 200);
    await left.get('attach-input').setInputFiles({ name: '違う図.png', mimeType: 'image/png', buffer });
    const ready = left.get('tray-item').and(left.page.locator('[data-state="ready"]'));
    await ready.waitFor();
    await left.field.press('Control+Enter');
    await left.get('confirm-go').click();
    await left.page.locator('[data-testid="message"]').last().getByTestId('undo-send').click();
    await ready.waitFor();
    expect(await ready.innerText()).toContain('違う図.png');
    await left.get('tray-remove').click();

    await left.field.fill('正しい内容');
    await left.field.press('Control+Enter');
    await left.get('confirm-go').click();
    await left.message('正しい内容').getByTestId('undo').waitFor();
    // It leaves without her.
    await left.page.close();
    await eventually(
      async () =>
        (await aoi.messages(id)).some(({ content }) => content.type === 'text' && content.text === '正しい内容'),
      'the message on the server',
    );
    expect((await customer.sees()).map(({ content }) => content.text)).not.toContain('正しい内容');
    expect((await customer.received(2)).map(({ content }) => content.text)).toEqual(['眺める内容', '正しい内容']);
  });

  it('is shown once more where its queue wants it, whatever she has chosen', async () => {
    const admin = await office.agent({ role: 'admin', visibility: 'all' });
    const accountIds = [office.account.id];
    const { status } = await admin.send('POST', '/api/queues', { name: '確認する窓口', accountIds, confirmSend: true });
    expect(status).toBe(201);
    const { customer, left } = await together();
    await left.writes('内容を見てから');
    await left.get('confirm-send').getByText('内容を見てから').waitFor();
    await left.get('confirm-go').click();
    expect((await customer.received(1)).map(({ content }) => content.text)).toEqual(['内容を見てから']);
  });
});
