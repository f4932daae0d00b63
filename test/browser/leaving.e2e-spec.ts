import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AgentStateView, ConversationRow, OfferView, QueueView } from '#libs/contracts/index.js';
import { Stage } from '../routing/stage.js';
import type { AgentDesk } from '../support/agent-desk.js';
import { eventually } from '../support/eventually.js';
import { barriers } from './barriers.js';
import type { ConsoleWindow } from './console-window.js';
import { Office } from './office.js';
import { looks } from './looks.js';

/** To look at what people see: a directory for pictures. */
const pictures = process.env['TEST_PICTURES'];

let office: Office;
let stage: Stage;
let admin: AgentDesk;
let aoi: AgentDesk;
let ren: AgentDesk;
let queue: QueueView;
let held: string[];

beforeAll(async () => {
  office = await Office.open();
  admin = await office.agent({ name: '中村 管理', role: 'admin', visibility: 'all' });
  stage = Stage.on(office.world, office.account, admin);
});
beforeEach(async () => {
  aoi = await office.agent({ name: '高橋 葵' });
  ren = await office.agent({ name: '渡辺 蓮', capacity: 1 });
  queue = await stage.queue({ accountIds: [office.account.id], agents: [aoi.view.id, ren.view.id] });
});
afterEach(async () => {
  await office.closeWindows();
  await stage.edit(queue.id, { accountIds: [], members: [] });
});
afterAll(() => office?.close());

const mine = (desk: AgentDesk) => desk.get<AgentStateView>('/api/agents/me/state');
const state = (desk: AgentDesk, routing: string) => desk.send('PUT', '/api/agents/me/state', { routing });
const rowOf = async (id: string): Promise<ConversationRow> => (await admin.detail(id)).conversation;
const listed = ({ page }: ConsoleWindow) =>
  page.getByTestId('held').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-conversation-id')).sort());

/** At her desk, ready, with two customers in her hand: one waits for an answer, the other has one. */
async function atWork(options: object = {}): Promise<ConsoleWindow> {
  const callers = [await office.caller(admin, '質問です'), await office.caller(admin, 'お願いします')];
  held = callers.map(({ id }) => id).sort();
  const window = await office.window(aoi, options);
  await window.get('my-state').click();
  await window.get('state-ready').click();
  await window.page.locator('[data-testid="my-state"][data-state="ready"]').waitFor();
  for (const id of held) {
    await eventually(async () => {
      const offer = (await aoi.get<OfferView[]>('/api/offers')).find(({ conversationId }) => conversationId === id);
      return offer && (await aoi.send('POST', `/api/offers/${offer.id}/accept`)).status === 200;
    }, 'her to have it');
  }
  await aoi.posts(callers[1]!.id, 'かしこまりました。');
  await window.comesToShow(async () => (await mine(aoi)).used, 2);
  return window;
}

async function goesToEat(window: ConsoleWindow): Promise<void> {
  await window.get('my-state').click();
  await window.get('state-meal').click();
  await window.get('leave').waitFor();
}

describe('going away with customers in hand', () => {
  it('stops what is new at once, asks, and keeps them unless told otherwise', async () => {
    const window = await atWork();
    await goesToEat(window);
    expect((await mine(aoi)).routing).toBe('not_ready');
    expect(await listed(window)).toEqual(held);
    expect(await window.get('leave-keep').isChecked()).toBe(true);
    expect(await window.get('leave-agent').isDisabled()).toBe(true);
    await window.page.keyboard.press('Enter');
    await window.get('leave').waitFor({ state: 'detached' });
    for (const id of held) expect((await rowOf(id)).contact?.assignee?.id).toBe(aoi.view.id);
    // Another reason is no other going.
    await window.get('my-state').click();
    await window.get('state-meeting').click();
    await window.comesToShow(async () => (await mine(aoi)).reason, 'meeting');
    expect(await window.get('leave').count()).toBe(0);
    expect(window.faults).toEqual([]);
  });

  it('gives them back to the queue, where a colleague is asked', async () => {
    const window = await atWork();
    await goesToEat(window);
    await window.get('leave-queue').check();
    await window.get('leave-act').click();
    await window.get('leave').waitFor({ state: 'detached' });
    for (const id of held) expect((await rowOf(id)).contact).toMatchObject({ state: 'queued', assignee: null });
    await window.comesToShow(async () => (await mine(aoi)).used, 0);
    await ren.screen();
    await state(ren, 'ready');
    const offer = await eventually(async () => (await ren.get<OfferView[]>('/api/offers'))[0], 'the offer');
    expect(held).toContain(offer.conversationId);
    expect(window.faults).toEqual([]);
  });

  it('hands over to a colleague as far as there is room, and shows who has accepted', async () => {
    await ren.screen();
    const window = await atWork();
    await state(ren, 'ready');
    await goesToEat(window);
    await window.comesToShow(() => window.get('leave-agent').isEnabled(), true);
    await window.get('leave-agent').check();
    expect(await window.get('leave-colleague').locator('option').allTextContents()).toEqual(['渡辺 蓮(空き 1 枠)']);
    await window.get('leave-act').click();
    await window.get('leave').getByText('1 件の引き継ぎを依頼しました。').waitFor();
    await window.get('leave-kept').getByText('1 件は残っています: 対応枠に空きがありません。').waitFor();
    await window.get('leave').getByText('渡辺 蓮 さんに依頼中').waitFor();
    const offer = await eventually(async () => (await ren.get<OfferView[]>('/api/offers'))[0], 'the question');
    expect(offer).toMatchObject({ kind: 'transfer', from: { id: aoi.view.id } });
    await ren.send('POST', `/api/offers/${offer.id}/accept`);
    await window.comesToShow(
      () => listed(window),
      held.filter((id) => id !== offer.conversationId),
    );
    expect((await rowOf(offer.conversationId)).contact?.assignee?.id).toBe(ren.view.id);
    expect(window.faults).toEqual([]);
  });
});

describe('signing out with customers in hand', () => {
  it('asks first; giving them back comes before leaving', async () => {
    const window = await atWork();
    await window.get('user-menu').click();
    await window.get('sign-out').click();
    await window.get('leave').getByText('サインアウトの前に').waitFor();
    await window.page.keyboard.press('Escape');
    await window.get('leave').waitFor({ state: 'detached' });
    expect((await mine(aoi)).routing).toBe('ready');
    await window.get('user-menu').click();
    await window.get('sign-out').click();
    await window.get('leave-queue').check();
    await window.get('leave-act').click();
    await window.get('sign-in-form').waitFor();
    for (const id of held) expect((await rowOf(id)).contact).toMatchObject({ state: 'queued', assignee: null });
    expect(window.faults).toEqual([]);
  });

  it('leaves as it is where she says so: who waits for an answer goes back, who has one stays hers', async () => {
    const window = await atWork();
    await window.get('user-menu').click();
    await window.get('sign-out').click();
    await window.get('leave-act').click();
    await window.get('sign-in-form').waitFor();
    const rows = await Promise.all(held.map(rowOf));
    const waits = rows.find(({ waitingSince }) => waitingSince !== null)!;
    await window.comesToShow(async () => (await rowOf(waits.id)).contact?.assignee ?? null, null);
    const other = held.find((id) => id !== waits.id)!;
    expect((await rowOf(other)).contact?.assignee?.id).toBe(aoi.view.id);
  });
});

describe('everybody can use the question', () => {
  it.each(looks)('at a %s, in %s, %s', async (place, locale, colorScheme, viewport) => {
    const window = await atWork({ colorScheme, viewport, preferences: { locale } });
    await goesToEat(window);
    expect(await window.overflow()).toBeLessThanOrEqual(0);
    if (pictures) await window.page.screenshot({ path: `${pictures}/leave-${place}-${colorScheme}-${locale}.png` });
    expect(await barriers(window, 'screen')).toEqual([]);
  });
});
