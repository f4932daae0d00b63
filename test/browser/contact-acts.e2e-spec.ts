import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ContactView, ErrorBody, OfferView, QueueView, SessionView } from '#libs/contracts/index.js';
import type { AgentDesk } from '../support/agent-desk.js';
import type { Customer } from '../support/customer.js';
import { eventually } from '../support/eventually.js';
import { barriers } from './barriers.js';
import type { ConsoleWindow } from './console-window.js';
import { Office } from './office.js';
import { looks } from './looks.js';

/** To look at what people see: a directory for pictures. */
const pictures = process.env['TEST_PICTURES'];

let office: Office;
let aoi: AgentDesk;
let ren: AgentDesk;
let boss: AgentDesk;

let general: QueueView;
let cards: QueueView;

beforeAll(async () => {
  office = await Office.open();
  boss = await office.agent({ name: '中村 管理', role: 'admin', visibility: 'all' });
  aoi = await office.agent({ name: '高橋 葵', capacity: 100 });
  ren = await office.agent({ name: '渡辺 蓮', capacity: 1 });
  const members = [aoi, ren].map(({ view }) => ({ agentId: view.id, rank: 1, delaySeconds: 0 }));
  general = await queue({
    name: '総合窓口',
    accountIds: [office.account.id],
    members,
    wrapUpSeconds: 600,
    dispositionRequired: true,
    dispositions: [
      { id: 'solved', name: '解決', active: true },
      { id: 'forwarded', name: '案内のみ', active: true },
    ],
  });
  cards = await queue({
    name: 'カード窓口',
    dispositionRequired: true,
    dispositions: [{ id: 'stopped', name: 'カード停止', active: true }],
  });
});
beforeEach(() => beginsAnew());
afterEach(() => office.closeWindows());
afterAll(() => office?.close());

async function queue(rules: object): Promise<QueueView> {
  const { status, body } = await boss.send<QueueView & ErrorBody>('POST', '/api/queues', rules);
  if (status !== 201) throw new Error(`the queue was answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

/** Nobody is offered anything that a test did not mean for her: all are away, and nobody waits from before. */
async function beginsAnew(): Promise<void> {
  for (const desk of [aoi, ren, boss])
    await desk.send('PUT', '/api/agents/me/state', { routing: 'not_ready', reason: 'meal' });
  for (const { id, contact } of await boss.rows()) {
    if (contact === null) continue;
    await boss.givesBack(id);
    await boss.closes(id);
  }
}

async function isReady(desk: AgentDesk): Promise<void> {
  await eventually(
    async () => (await desk.get<{ connection: string }>('/api/agents/me/state')).connection === 'connected',
    'the agent to be connected',
  );
  await desk.send('PUT', '/api/agents/me/state', { routing: 'ready' });
}

/** A customer whom this agent serves. */
async function served(by: AgentDesk, text: string): Promise<{ customer: Customer; id: string }> {
  const caller = await office.caller(by, text);
  const { status } = await by.takes(caller.id);
  if (status !== 200) throw new Error(`taking was answered ${status}`);
  return caller;
}

async function opened(
  desk: AgentDesk,
  id: string,
  options: Parameters<Office['window']>[1] = {},
): Promise<ConsoleWindow> {
  // On a phone the list is not there while a conversation is.
  const window = await office.window(desk, { ...options, ready: false, path: `/c/${id}?view=all` });
  await window.isOpen(id);
  return window;
}

const offerTo = (desk: AgentDesk): Promise<OfferView> =>
  eventually(async () => (await desk.get<OfferView[]>('/api/offers'))[0], 'the offer');
const contactOf = async (desk: AgentDesk, id: string): Promise<ContactView | null> =>
  (await desk.detail(id)).conversation.contact;
const notice = (window: ConsoleWindow, text: string) => window.get('notices').getByText(text).waitFor();
const owner = (window: ConsoleWindow) => () => window.get('owner').innerText();
const picture = async (window: ConsoleWindow, name: string) => {
  if (pictures) await window.page.screenshot({ path: `${pictures}/${name}.png` });
};
const person = (window: ConsoleWindow, desk: AgentDesk, testId = 'transfer-person') =>
  window.page.locator(`[data-testid="${testId}"][data-option-id="${desk.view.id}"]`);

describe('handing a contact over', () => {
  it('to a person: asked, cancelled, declined, not answered, accepted; both are told in words', async () => {
    const { customer, id } = await served(aoi, '名義を変えたいです');
    const [window, hers] = [await opened(aoi, id), await office.window(ren)];
    await isReady(ren);

    await window.asksToTakeOver('蓮', '名義変更の件です');
    expect(await window.get('strip-asked').innerText()).toContain('渡辺 蓮 さんに引き継ぎ依頼中');
    expect(await window.get('owner').innerText()).toBe('自分の担当');
    await window.message('名義変更の件です').waitFor();
    expect(await contactOf(aoi, id)).toMatchObject({ offeredTo: ren.view.id, assignee: { id: aoi.view.id } });
    expect(await offerTo(ren)).toMatchObject({ kind: 'transfer', note: '名義変更の件です', from: { name: '高橋 葵' } });
    await window.get('transfer-cancel').click();
    await window.get('strip-asked').waitFor({ state: 'detached' });
    await notice(window, '引き継ぎの依頼を取り消しました。');
    await window.get('activity').getByText('さんへの引き継ぎの依頼を取り消しました').waitFor();
    expect(await contactOf(aoi, id)).toMatchObject({ offeredTo: null, assignee: { id: aoi.view.id } });

    await window.page.locator('body').click({ position: { x: 5, y: 5 } });
    await window.asksToTakeOver('渡辺', '二度目です');
    const declined = await offerTo(ren);
    await ren.send('POST', `/api/offers/${declined.id}/decline`, { reason: 'busy' });
    await notice(window, '渡辺 蓮 さんは引き継ぎを断りました');
    await window.get('strip-asked').waitFor({ state: 'detached' });
    expect(await owner(window)()).toBe('自分の担当');

    await window.asksToTakeOver('蓮', '三度目です');
    const missed = await offerTo(ren);
    await office.world.query('update offers set deadline = clock_timestamp() where id = $1', [missed.id]);
    await office.world.query('update contacts set due_at = clock_timestamp() where id = $1', [missed.contactId]);
    await notice(window, '渡辺 蓮 さんから時間内に応答がありませんでした');
    await window.get('strip-asked').waitFor({ state: 'detached' });

    await ren.send('POST', '/api/agents/me/state/resume');
    await window.asksToTakeOver('蓮', '四度目です');
    await hers.row(id).click();
    await hers.get('strip-asked').getByText('あなたに引き継ぎの依頼が届いています').waitFor();
    const taken = await offerTo(ren);
    await ren.send('POST', `/api/offers/${taken.id}/accept`);
    await notice(window, '渡辺 蓮 さんが引き継ぎました');
    await window.comesToShow(owner(window), '担当 渡辺 蓮');
    await hers.comesToShow(owner(hers), '自分の担当');
    await hers.message('四度目です').waitFor();
    await hers.writes('引き継ぎました。渡辺です。');
    await customer.received(1);
    expect([...window.faults, ...hers.faults]).toEqual([]);
  });

  it('the giver hears of it also while she looks at another customer', async () => {
    const [first, second] = [await served(aoi, '一人目'), await served(aoi, '二人目')];
    await office.window(ren);
    await isReady(ren);
    const window = await opened(aoi, first.id);
    await window.asksToTakeOver('蓮', '');
    await window.opens(second.id);
    const offer = await offerTo(ren);
    await ren.send('POST', `/api/offers/${offer.id}/decline`, { reason: 'busy' });
    await notice(window, '渡辺 蓮 さんは引き継ぎを断りました');
    expect(window.faults).toEqual([]);
  });

  it('shows who cannot be asked and why, and takes nobody who cannot', async () => {
    const { id } = await served(aoi, 'お願いします');
    const window = await opened(aoi, id);
    await office.window(ren);
    await window.get('transfer').click();
    await expect.poll(() => person(window, ren).innerText()).toMatch(/食事\s+対応 0\/1\s+今は依頼できません/);
    await person(window, ren).click({ force: true });
    await window.get('transfer-submit').click();
    await window.get('transfer-fault').getByText('引き継ぐ人を選んでください。').waitFor();

    await isReady(ren);
    await expect.poll(() => person(window, ren).innerText()).toMatch(/待機中\s+対応 0\/1/);
    await person(window, ren).click();
    // She takes something in the very moment.
    const other = await served(ren, '別のお客様');
    await window.get('transfer-submit').click();
    await window.get('transfer-fault').getByText('渡辺 蓮 さんの対応枠が埋まりました').waitFor();
    await expect.poll(() => person(window, ren).innerText()).toMatch(/対応 1\/1\s+対応枠に空きがありません/);
    await window.page.keyboard.press('Escape');
    await window.get('transfer-form').waitFor({ state: 'detached' });
    await ren.givesBack(other.id);
    expect(window.faults).toEqual([]);
  });

  it('to a queue, where it keeps its wait', async () => {
    const { id } = await served(aoi, 'カードの件です');
    const before = (await contactOf(aoi, id))!;
    const window = await opened(aoi, id);
    await window.page.keyboard.press('t');
    await window.get('picker-search').waitFor();
    await window.page.keyboard.press('Shift+Tab');
    await window.page.keyboard.press('ArrowRight');
    const target = window.page.locator(`[data-testid="transfer-queue"][data-option-id="${cards.id}"]`);
    await target.waitFor();
    expect(await target.innerText()).toMatch(/カード窓口\s+受付可の人がいません\s+待ち 0 件/);
    await window.get('picker-search').fill('カード');
    await window.get('picker-search').press('Enter');
    await window.page.keyboard.type('カード窓口へお願いします');
    await window.page.keyboard.press('Control+Enter');
    await window.comesToShow(owner(window), '未担当');
    await window.comesToShow(() => window.get('contact-queue').innerText(), 'カード窓口');
    await window.message('カード窓口へお願いします').waitFor();
    expect(await contactOf(aoi, id)).toMatchObject({
      state: 'queued',
      queueId: cards.id,
      transfers: 1,
      enqueuedAt: before.enqueuedAt,
    });
    expect(window.faults).toEqual([]);
  });

  it('a supervisor assigns beyond a limit, or to somebody away, only when she says so once more', async () => {
    const full = await served(ren, '蓮のお客様');
    const { id } = await served(aoi, '急ぎです');
    const window = await opened(boss, id);
    await window.get('assign').click();
    await window.get('picker-search').fill('蓮');
    await window.get('picker-search').press('Enter');
    await window.comesToShow(() => window.page.evaluate(() => document.activeElement?.id), 'assign-submit');
    await window.page.keyboard.press('Enter');
    await window.get('assign-sure').and(window.page.locator('[data-code="not_available"]')).waitFor();
    await picture(window, 'assign-sure');
    expect(await contactOf(boss, id)).toMatchObject({ assignee: { id: aoi.view.id } });
    await window.get('assign-anyway').click();
    await window.comesToShow(owner(window), '担当 渡辺 蓮');

    await window.page.keyboard.press('y');
    await window.get('decision').first().waitFor();
    const why = await window.get('decision').first().innerText();
    expect(why).toContain('中村 管理 さんが 渡辺 蓮 さんに割り当てました。');
    expect(why).toContain('渡辺 蓮 さんの上限や状態を承知のうえで割り当てました。');
    await ren.givesBack(id);
    await ren.givesBack(full.id);
    expect(window.faults).toEqual([]);
  });

  it('whoever is full is told what would help when she takes another one', async () => {
    const full = await served(ren, '手いっぱい');
    const { id } = await office.caller(ren, 'もう一人');
    const window = await opened(ren, id);
    await window.page.keyboard.press('a');
    await notice(window, '対応枠に空きがないため、担当できません');
    await window.get('take-here').click();
    await notice(window, '対応枠に空きがないため、担当できません');
    expect(await contactOf(ren, id)).toMatchObject({ assignee: null });
    await ren.givesBack(full.id);
    expect(window.faults).toEqual([]);
  });
});

describe('putting a contact aside', () => {
  it('on hold and back, with one key', async () => {
    const { id } = await served(aoi, '確認をお願いします');
    const window = await opened(aoi, id);
    await window.page.keyboard.press('h');
    await window.get('strip-held').getByText('保留中').waitFor();
    expect(await contactOf(aoi, id)).toMatchObject({ state: 'held' });
    await window.page.keyboard.press('h');
    await window.get('strip-held').waitFor({ state: 'detached' });
    await window.get('hold').click();
    await window.get('resume-contact').click();
    await window.get('strip-held').waitFor({ state: 'detached' });
    expect((await contactOf(aoi, id))?.state).toMatch(/active|waiting/);
    expect(window.faults).toEqual([]);
  });

  it('until the customer writes, or until it is taken up again', async () => {
    const { customer, id } = await served(aoi, '書類を探してきます');
    const window = await opened(aoi, id);
    await isReady(aoi);
    await window.page.keyboard.press('z');
    await window.get('snooze-form').waitFor();
    await window.page.getByText('お客様が書いたら、時刻の前でも戻ります').waitFor();
    await window.get('snooze-moment').fill('2020-01-01T09:00');
    await window.get('snooze-submit').click();
    await window.page.getByText('過ぎた時刻です。').waitFor();
    await picture(window, 'snooze-past');
    await window.get('snooze-in20').focus();
    await window.page.keyboard.press('ArrowDown');
    await window.page.keyboard.press('Enter');
    const strip = window.get('strip-snoozed');
    await strip.waitFor();
    expect(await strip.innerText()).toMatch(/\d{4}\/\d\d\/\d\d\(.\) \d\d:\d\d に戻ります/);
    const { snoozedUntil, state } = (await contactOf(aoi, id))!;
    expect(state).toBe('snoozed');
    const minutes = (Date.parse(snoozedUntil!) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(58);
    expect(minutes).toBeLessThan(61);

    await window.get('resume-contact').click();
    await strip.waitFor({ state: 'detached' });
    await window.get('snooze').click();
    await window.get('snooze-morning').click();
    await strip.waitFor();
    await customer.writes('見つかりました');
    await strip.waitFor({ state: 'detached' });
    await window.comesToShow(owner(window), '自分の担当');
    expect(await contactOf(aoi, id)).toMatchObject({ snoozedUntil: null, assignee: { id: aoi.view.id } });
    expect(window.faults).toEqual([]);
  });

  it('no key does any of it while Japanese is being composed, or while somebody writes', async () => {
    const { id } = await served(aoi, '変換中です');
    const window = await opened(aoi, id);
    await window.page.evaluate(() => {
      for (const key of ['t', 'h', 'z', 'y', 'w']) {
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true }));
      }
    });
    await window.field.click();
    await window.page.keyboard.type('thzyw');
    expect(await window.field.inputValue()).toBe('thzyw');
    expect(await window.page.getByRole('dialog').count()).toBe(0);
    expect((await contactOf(aoi, id))?.state).not.toBe('held');
    await window.field.fill('');
    // The same keys do act otherwise.
    await window.field.press('Escape');
    await window.page.keyboard.press('z');
    await window.get('snooze-form').waitFor();
  });
});

describe('wrap-up', () => {
  it('asks for a disposition, closes, and the next message begins a new contact', async () => {
    const { customer, id } = await served(aoi, '解決しました');
    const window = await opened(aoi, id);
    await window.get('close').click();
    await window.get('close-confirm').click();
    await window.get('wrap-up').waitFor();
    const focused = () => window.page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
    await window.comesToShow(focused, 'disposition');
    expect(await window.get('wrap-up-left').innerText()).toMatch(/残り (9分\d+秒|10分0秒)/);
    await window.get('wrap-up-done').click();
    await window.get('wrap-up').getByText('対応分類を選んでください。').waitFor();
    expect(await contactOf(aoi, id)).toMatchObject({ state: 'wrapup' });

    await window.page.keyboard.press('Escape');
    await window.page.locator('body').click({ position: { x: 5, y: 5 } });
    await window.page.keyboard.press('w');
    await window.comesToShow(focused, 'disposition');
    await window.get('disposition').selectOption('solved');
    await window.page.keyboard.press('Tab');
    await window.page.keyboard.type('手順を案内した');
    await window.page.keyboard.press('Control+Enter');
    await window.get('wrap-up').waitFor({ state: 'detached' });
    await window.comesToShow(owner(window), '対応済み');
    const [closed] = (await aoi.detail(id)).contacts;
    expect(closed).toMatchObject({ state: 'closed', dispositionId: 'solved' });

    await customer.writes('もう一つだけ');
    await window.comesToShow(owner(window), '未担当');
    await window.comesToShow(() => window.get('contact').count(), 2);
    expect(window.faults).toEqual([]);
  });

  it('is over when the customer writes, and what was written stays for the next one', async () => {
    const { customer, id } = await served(aoi, 'ありがとうございました');
    const window = await opened(aoi, id);
    await window.get('close').click();
    await window.get('close-confirm').click();
    await window.get('wrap-up-note').fill('書きかけのメモ');
    await customer.writes('あ、もう一つ');
    await window.get('wrap-up').waitFor({ state: 'detached' });
    await notice(window, '後処理から対応中に戻りました');
    expect(await owner(window)()).toBe('自分の担当');
    expect(await contactOf(aoi, id)).toMatchObject({ state: 'active', wrapUpUntil: null });
    await window.get('close').click();
    await window.get('close-confirm').click();
    await window.comesToShow(() => window.get('wrap-up-note').inputValue(), '書きかけのメモ');
    await window.get('wrap-up-back').click();
    await window.get('wrap-up').waitFor({ state: 'detached' });
    expect(window.faults).toEqual([]);
  });

  it('ends by itself, and takes along what was chosen', async () => {
    await boss.send('PATCH', `/api/queues/${general.id}`, { wrapUpSeconds: 6 });
    try {
      const { id } = await served(aoi, 'すぐ終わります');
      const window = await opened(aoi, id);
      await aoi.closes(id);
      await window.get('disposition').selectOption('forwarded');
      await window.get('wrap-up').waitFor({ state: 'detached' });
      await window.comesToShow(owner(window), '対応済み');
      expect((await aoi.detail(id)).contacts[0]).toMatchObject({ state: 'closed', dispositionId: 'forwarded' });
      expect(window.faults).toEqual([]);
    } finally {
      await boss.send('PATCH', `/api/queues/${general.id}`, { wrapUpSeconds: 600 });
    }
  });

  it('a queue without one may still ask what it was about before the contact closes', async () => {
    const { id } = await served(aoi, 'カードを止めてください');
    await aoi.send('POST', `/api/conversations/${id}/transfer`, { queueId: cards.id });
    expect((await aoi.takes(id)).status).toBe(200);
    const window = await opened(aoi, id);
    await window.field.press('Control+Alt+e');
    await window.get('disposition').waitFor();
    await window.get('close-confirm').click();
    await window.page.getByText('対応分類を選んでください。').waitFor();
    await window.get('disposition').selectOption('stopped');
    await window.get('close-confirm').click();
    await window.comesToShow(owner(window), '対応済み');
    expect((await aoi.detail(id)).contacts[0]).toMatchObject({ state: 'closed', dispositionId: 'stopped' });
    expect(window.faults).toEqual([]);
  });

  it('a colleague sees who is wrapping up', async () => {
    const { id } = await served(aoi, '終わりです');
    await aoi.closes(id);
    const window = await opened(boss, id);
    await window.get('strip-wrapup').getByText('高橋 葵 さんが後処理中').waitFor();
    expect(await window.get('wrap-up').count()).toBe(0);
    await aoi.send('POST', `/api/conversations/${id}/done`, { dispositionId: 'solved' });
    await window.get('strip-wrapup').waitFor({ state: 'detached' });
  });
});

describe('priority', () => {
  it('is changed with the keyboard by whoever may, and seen by everybody', async () => {
    const { id } = await served(aoi, '至急お願いします');
    const [window, hers] = [await opened(boss, id), await opened(aoi, id)];
    await window.page.keyboard.press('p');
    await window.comesToShow(
      () => window.page.evaluate(() => document.activeElement?.getAttribute('data-testid')),
      'priority-normal',
    );
    await window.page.keyboard.press('ArrowUp');
    await window.page.keyboard.press('ArrowUp');
    await window.page.keyboard.press('Enter');
    await hers.comesToShow(() => hers.get('priority').textContent(), '優先度緊急');
    await hers.page.keyboard.press('p');
    await hers.get('more').click();
    await hers.get('reasons').waitFor();
    expect(await hers.get('priority-urgent').count()).toBe(0);
    expect([...window.faults, ...hers.faults]).toEqual([]);
  });
});

describe('割当の理由', () => {
  it('says who, why her, why nobody else, and how it ended, of each contact', async () => {
    const window = await office.window(aoi);
    await isReady(aoi);
    await office.window(ren);
    const customer = await office.customer();
    await customer.writes('はじめまして');
    const first = await offerTo(aoi);
    const id = first.conversationId;
    await isReady(ren);
    await aoi.send('POST', `/api/offers/${first.id}/decline`, { reason: 'busy' });
    const second = await offerTo(ren);
    await ren.send('POST', `/api/offers/${second.id}/accept`);

    await window.opens(id);
    await window.get('contact-reasons').first().click();
    const panel = window.get('reasons-panel');
    await panel.waitFor();
    const [newest, older] = [window.get('decision').first(), window.get('decision').nth(1)];
    const text = await newest.innerText();
    expect(text).toContain('渡辺 蓮 さん');
    expect(text).toContain('受けました');
    expect(text).toContain('窓口「総合窓口」の自動割当が 渡辺 蓮 さんに着信しました。');
    expect(text).toMatch(/お客様は(それまで .*秒 待っていました|待っていません)。/);
    expect(text).toContain('選び方は「余力順」: 空いている対応枠が最も多い人が先です。');
    expect(text).toContain('その時に受けられたのは 渡辺 蓮 さんだけでした。');
    expect(await newest.getByTestId('decision-other').allInnerTexts()).toEqual([
      expect.stringMatching(/高橋 葵\s+対応 0\/100\s+この応対の着信を断っていました。/),
    ]);
    expect(await older.locator('p').first().isVisible()).toBe(false);
    await older.locator('summary').click();
    const before = await older.innerText();
    expect(before).toContain('断りました');
    expect(before).toMatch(/渡辺 蓮\s+対応 0\/1\s+受付不可\(離席\)でした。/);
    await picture(window, 'reasons');
    await window.page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });

    // The panel stays right while it is open.
    await window.page.locator('body').click({ position: { x: 5, y: 5 } });
    await window.page.keyboard.press('y');
    await window.comesToShow(() => window.get('decision').count(), 2);
    const asked = await ren.send('POST', `/api/conversations/${id}/transfer`, { agentId: aoi.view.id });
    expect(asked.status).toBe(200);
    await window.comesToShow(() => window.get('decision').count(), 3);
    await window.comesToShow(() => window.get('decision-outcome').first().innerText(), '返事待ち');
    const third = await offerTo(aoi);
    await aoi.send('POST', `/api/offers/${third.id}/accept`);
    await window.comesToShow(() => window.get('decision-outcome').first().innerText(), '受けました');
    expect(window.faults).toEqual([]);
  });
});

describe('everybody can use it', () => {
  it.each(looks)(
    'at a %s, in %s, %s',
    async (place, locale, colorScheme, viewport) => {
      const found: string[] = [];
      // Whoever sits nowhere keeps what she takes for a while only.
      const window = await office.window(boss, { colorScheme, viewport, preferences: { locale } });
      const { id } = await served(boss, '画面を見ます');
      await window.opens(id);
      await boss.send('PUT', `/api/conversations/${id}/priority`, { priority: 'high' });
      await office.window(ren);
      await isReady(ren);
      const { keyboard } = window.page;
      const look = async (what: string, within = '[role="dialog"]') => {
        await picture(window, `${what}-${place}-${colorScheme}-${locale}`);
        if ((await window.overflow()) > 0) found.push(`${what}: the page can be pushed sideways`);
        found.push(...(await barriers(window, what, { within })));
      };
      const act = async (name: string) => {
        if (place === 'phone') await window.get('more').click();
        await window.get(name).click();
      };
      const leaves = async (what: string) => {
        await keyboard.press('Escape');
        await window.get(what).first().waitFor({ state: 'detached' });
      };
      await look('header', 'main');
      await window.get('more').click();
      await window.get('give-back').waitFor();
      await look('menu', '[role="menu"]');
      await keyboard.press('Escape');
      await act('transfer');
      await person(window, ren).waitFor();
      await look('transfer');
      await window.page
        .locator('[data-testid="transfer-form"] label')
        .filter({ hasText: /窓口|queue/ })
        .first()
        .click();
      await window.get('transfer-queue').first().waitFor();
      await look('transfer-queue');
      await leaves('transfer-form');
      await act('assign');
      await window.get('assign-to').first().waitFor();
      await look('assign');
      await leaves('assign-form');
      await act('snooze');
      await window.get('snooze-form').waitFor();
      await look('snooze');
      await leaves('snooze-form');
      await window.get('more').click();
      await window.get('reasons').click();
      await window.get('decision').first().waitFor();
      await look('reasons');
      await leaves('reasons-panel');
      await boss.send('POST', `/api/conversations/${id}/transfer`, { agentId: ren.view.id, note: '' });
      await window.get('strip-asked').waitFor();
      await look('asked', 'main');
      await window.get('transfer-cancel').click();
      await window.get('strip-asked').waitFor({ state: 'detached' });
      await boss.send('POST', `/api/conversations/${id}/hold`);
      await window.get('strip-held').waitFor();
      await look('held', 'main');
      await boss.send('POST', `/api/conversations/${id}/snooze`, {
        until: new Date(Date.now() + 3_600_000).toISOString(),
        owner: 'me',
      });
      await window.get('strip-snoozed').waitFor();
      await look('snoozed', 'main');
      await window.get('resume-contact').click();
      await window.get('strip-snoozed').waitFor({ state: 'detached' });
      await act('close');
      await window.get('close-confirm').waitFor();
      await look('close');
      await window.get('close-confirm').click();
      await window.get('wrap-up').waitFor();
      await window.get('wrap-up-done').click();
      await look('wrap-up', 'main');
      await window.get('disposition').selectOption('solved');
      await window.get('wrap-up-done').click();
      await window.get('wrap-up').waitFor({ state: 'detached' });
      expect(found).toEqual([]);
      expect(window.faults).toEqual([]);
    },
    120_000,
  );
});

describe('on a phone', () => {
  it('every act is in one menu, and nothing hangs over the edge', async () => {
    const { id } = await served(aoi, '電話から');
    const session = await aoi.get<SessionView>('/api/session');
    expect(session.permissions).not.toContain('conversation.assign');
    const window = await opened(aoi, id, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    const acts = ['transfer', 'hold', 'snooze', 'give-back', 'close', 'reasons'];
    for (const act of acts) expect(await window.get(act).count()).toBe(0);
    await window.get('more').tap();
    for (const act of acts) await window.get(act).waitFor();
    expect(await window.overflow()).toBeLessThanOrEqual(0);
    await window.get('hold').tap();
    await window.get('strip-held').waitFor();
    expect(await window.overflow()).toBeLessThanOrEqual(0);
    await window.get('resume-contact').tap();
    await window.get('strip-held').waitFor({ state: 'detached' });
    expect(window.faults).toEqual([]);
  });
});
