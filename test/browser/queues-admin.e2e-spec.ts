import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { QueueSummary, QueueView } from '#libs/contracts/index.js';
import { Stage } from '../routing/stage.js';
import type { AgentDesk } from '../support/agent-desk.js';
import { barriers } from './barriers.js';
import type { ConsoleWindow } from './console-window.js';
import { Office } from './office.js';
import { looks } from './looks.js';

/** To look at what people see: a directory for pictures. */
const pictures = process.env['TEST_PICTURES'];

let office: Office;
let stage: Stage;
let admin: AgentDesk;
let other: AgentDesk;
let aoi: AgentDesk;
let ren: AgentDesk;

beforeAll(async () => {
  office = await Office.open();
  admin = await office.agent({ name: '中村 管理', role: 'admin', visibility: 'all' });
  other = await office.agent({ name: '小林 管理', role: 'admin', visibility: 'all' });
  aoi = await office.agent({ name: '高橋 葵' });
  ren = await office.agent({ name: '渡辺 蓮' });
  stage = Stage.on(office.world, office.account, admin);
  await admin.send('POST', '/api/skills', { name: '英語' });
  await admin.send('POST', '/api/skills', { name: '製品A' });
});
afterEach(async () => {
  await office.closeWindows();
  for (const { id } of await admin.get<QueueSummary[]>('/api/queues')) {
    await admin.send('PATCH', `/api/queues/${id}`, { accountIds: [], overflow: null, whenFull: 'keep' });
    await office.world.query(
      `update contacts set state = 'closed', offered_to = null, due_at = null, closed_at = now()
       where queue_id = $1 and closed_at is null`,
      [id],
    );
    await admin.send('DELETE', `/api/queues/${id}`);
  }
});
afterAll(() => office?.close());

const picture = async (window: ConsoleWindow, name: string) => {
  if (pictures) await window.page.screenshot({ path: `${pictures}/${name}.png` });
};
const rules = (id: string) => admin.get<QueueView>(`/api/queues/${id}`);
const opens = (desk: AgentDesk, path: string, options: object = {}) =>
  office.window(desk, { path, ready: false, ...options });

async function editor(id: string, options: object = {}): Promise<ConsoleWindow> {
  const window = await opens(admin, `/admin/queues/${id}`, options);
  await window.get('queue-form').waitFor();
  await window.online();
  return window;
}

const parts = ['basics', 'members', 'skills', 'distribution', 'offers', 'limits', 'hours', 'texts'] as const;

/** A queue that has something of everything. */
function rich(): Promise<QueueView> {
  return stage.queue({
    name: '総合受付',
    description: 'はじめてのお客様',
    accountIds: [office.account.id],
    agents: [aoi.view.id, ren.view.id],
    sticky: { days: 7, waitFullSeconds: 20, waitAbsentSeconds: 0 },
    dispositions: [
      { id: 'a', name: '料金', active: true },
      { id: 'b', name: '故障', active: false },
    ],
    maxLength: 50,
    hours: {
      week: [
        [],
        [{ from: '09:00', to: '18:00' }],
        [
          { from: '09:00', to: '12:00' },
          { from: '13:00', to: '18:00' },
        ],
        [{ from: '09:00', to: '18:00' }],
        [{ from: '09:00', to: '18:00' }],
        [{ from: '22:00', to: '02:00' }],
        [],
      ],
      holidays: [{ from: '10:00', to: '15:00' }],
      exceptions: [{ date: '2026-12-31', name: '大晦日', spans: [{ from: '10:00', to: '15:00' }] }],
    },
    inactivity: { closeAfterSeconds: 3600, warnSeconds: 60, text: 'お返事がないため終了します。' },
    texts: {
      queued: '順番にご案内しております。目安は{wait}です。',
      outOfHours: 'ただいま営業時間外です。次の営業は{opens}からです。',
      full: null,
      closing: null,
    },
  });
}

describe('queues', () => {
  it('are made with the keyboard alone, from an empty page that says how', async () => {
    const window = await office.window(admin);
    const { keyboard } = window.page;
    const key = async (testId: string, press = 'Enter') => {
      await window.get(testId).focus();
      await keyboard.press(press);
    };
    await key('user-menu');
    await key('queues-menu');
    await window.get('queues-empty').waitFor();
    await key('new-queue');
    await window.get('new-queue-name').waitFor();
    await window.comesToShow(
      () => window.page.evaluate(() => document.activeElement?.getAttribute('data-testid')),
      'new-queue-name',
    );
    await keyboard.press('Enter');
    await window.get('new-queue-form').getByText('入力してください。').waitFor();
    await keyboard.type('総合受付');
    await keyboard.press('Enter');
    await window.get('queue-form').waitFor();
    await key(`account-${office.account.id}`, 'Space');
    await key('part-members');
    await window.get('member-search').focus();
    await keyboard.type('葵');
    await window.comesToShow(() => window.get('add-member').count(), 1);
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await window.get('member').waitFor();
    await window.get('field-members.0.rank').fill('２');
    await window.get('field-members.0.delaySeconds').fill('３０');
    await keyboard.press('Control+Enter');
    await window.page.locator('[data-testid="save-state"][data-saved]').waitFor();
    const [summary] = await admin.get<QueueSummary[]>('/api/queues');
    expect(await rules(summary!.id)).toMatchObject({
      name: '総合受付',
      accountIds: [office.account.id],
      members: [{ agentId: aoi.view.id, rank: 2, delaySeconds: 30 }],
    });
    await key('admin-back');
    await window.get('queue').waitFor();
    expect(await window.get('queue').textContent()).toMatch(/総合受付.*窓口銀行.*0.*0 \/ 1.*営業中/);
    await key('new-queue');
    await window.get('new-queue-name').fill('総合受付');
    await keyboard.press('Enter');
    await window.page.getByText('同じ名前の窓口があります。').waitFor();
    await keyboard.press('Escape');
    await window.get('new-queue-form').waitFor({ state: 'detached' });
    await keyboard.press('Escape');
    await window.get('conversation-list').waitFor();
    expect(window.faults).toEqual([]);
  });

  it('are seen as they are: what waits, who is ready, what a colleague makes', async () => {
    const queue = await stage.queue({ name: '総合受付', agents: [aoi.view.id] });
    const window = await opens(admin, '/admin/queues');
    await window.get('queue').waitFor();
    const row = window.page.locator(`[data-testid="queue"][data-queue-id="${queue.id}"]`);
    const shows = (testId: string, text: string) =>
      window.comesToShow(() => row.getByTestId(testId).textContent(), text);
    await shows('ready', '0 / 1');
    await stage.waiting(queue.id, 3);
    await shows('waiting', '3');
    const desk = await office.window(aoi);
    await desk.get('my-state').click();
    await desk.get('state-ready').click();
    await shows('ready', '1 / 1');
    await other.send('POST', '/api/queues', { name: '夜間' });
    await window.comesToShow(() => window.get('queue').count(), 2);
    await desk.get('my-state').click();
    await desk.get('state-break').click();
    await shows('ready', '0 / 1');
    expect(window.faults).toEqual([]);
  });

  it('are for whoever has the right', async () => {
    const window = await office.window(aoi);
    await window.get('user-menu').click();
    await window.get('sign-out').waitFor();
    expect(await window.get('queues-menu').count()).toBe(0);
    await window.goes('/admin/queues');
    await window.page.getByText('窓口を設定する権限がありません。').waitFor();
  });
});

describe('a rule', () => {
  it('changed with four hundred waiting shows first what it would do, and then does exactly that', async () => {
    const people = await stage.paper(20, { capacity: 2 });
    const queue = await stage.queue({ name: '総合受付', agents: people, active: false });
    const ids = await stage.waiting(queue.id, 400, 2);
    const placed = async () => (await stage.contacts('t.queue_id = $1 and t.need_key is not null', [queue.id])).length;
    const window = await editor(queue.id);
    await window.comesToShow(placed, 400);
    await window.get('field-active').check();
    await window.get('save-queue').click();
    await window.get('preview').waitFor();
    expect(await window.get('preview-waiting').textContent()).toBe('400 件');
    expect(await window.get('preview-offers').getAttribute('data-offers')).toBe('40');
    expect(await window.get('preview-offers').textContent()).toBe('保存するとすぐに 40 件が着信します。');
    const told = await window
      .get('preview-people')
      .locator('li')
      .evaluateAll((rows) => rows.map((row) => [row.getAttribute('data-agent-id'), row.textContent] as const));
    expect(new Set(told.map(([, text]) => text?.match(/ 2 件$/)?.[0]))).toEqual(new Set([' 2 件']));
    expect(told.map(([id]) => id).sort()).toEqual([...people].sort());
    expect(await stage.contacts('t.queue_id = $1 and t.offered_to is not null', [queue.id])).toEqual([]);
    expect((await rules(queue.id)).active).toBe(false);
    await window.get('save-previewed').click();
    await window.page.locator('[data-testid="save-state"][data-saved]').waitFor();
    const offers = () => stage.contacts(`t.queue_id = $1 and t.state = 'offered'`, [queue.id]);
    await window.comesToShow(async () => (await offers()).length, 40);
    const offered = await offers();
    expect(offered.map(({ id }) => id)).toEqual(ids.slice(0, 40));
    for (const id of people) expect(offered.filter(({ offered_to }) => offered_to === id)).toHaveLength(2);
    expect(window.faults).toEqual([]);
  });

  it('that would leave customers to nobody says so, and one may think again', async () => {
    const queue = await stage.queue({ name: '総合受付', agents: [aoi.view.id] });
    await stage.waiting(queue.id, 5);
    const window = await editor(queue.id);
    await window.get('part-members').click();
    await window.get('remove-member').click();
    await window.get('save-queue').click();
    await window.get('preview-unplaceable').getByText('5 件のお客様は、このままでは誰にも案内されません。').waitFor();
    await window.page.keyboard.press('Escape');
    await window.get('preview').waitFor({ state: 'detached' });
    await window.get('reset-queue').click();
    await window.get('member').waitFor();
    expect((await rules(queue.id)).members).toHaveLength(1);
    // What moves nobody is not asked about.
    await window.get('part-basics').click();
    await window.get('field-name').fill('受付');
    await window.get('save-queue').click();
    await window.page.locator('[data-testid="save-state"][data-saved]').waitFor();
    expect((await rules(queue.id)).name).toBe('受付');
  });

  it('with something wrong in it is not sent, and leads to the field, its limit and its part', async () => {
    const queue = await stage.queue({ name: '総合受付' });
    const window = await editor(queue.id);
    await window.get('part-offers').click();
    await window.get('field-offerSeconds').fill('４');
    await window.page.getByText('5 から 600 までの数字を入力してください。').first().waitFor();
    await window.get('field-wrapUpSeconds').fill('三十');
    await window.get('add-disposition').click();
    await window.get('part-hours').click();
    await window.page.getByText('営業時間を決める').click();
    await window.get('field-hours.week.1.0.from').fill('９時');
    await window.get('field-hours.week.1.0.to').fill('１７３０');
    await window.get('field-hours.week.2.0.to').fill('朝');
    await window.get('field-hours.week.2.0.to').blur();
    expect(await window.get('field-hours.week.1.0.to').inputValue()).toBe('17:30');
    await window.page.getByText('09:00 のように入力してください。').first().waitFor();
    await window.get('part-basics').click();
    await window.get('save-queue').click();
    await window.page.locator('[data-testid="queue-form"][data-part="offers"]').waitFor();
    await window.comesToShow(
      () => window.page.evaluate(() => document.activeElement?.getAttribute('data-testid')),
      'field-offerSeconds',
    );
    expect((await rules(queue.id)).version).toBe(queue.version);
    await window.get('field-offerSeconds').fill('３０');
    await window.get('field-wrapUpSeconds').fill('６０');
    await window.get('field-dispositions.0.name').fill('料金');
    await window.get('part-hours').click();
    await window.get('field-hours.week.2.0.to').fill('２４：００');
    await window.get('save-queue').click();
    await window.page.locator('[data-testid="save-state"][data-saved]').waitFor();
    const saved = await rules(queue.id);
    expect(saved).toMatchObject({ offerSeconds: 30, wrapUpSeconds: 60, dispositions: [{ name: '料金' }] });
    expect(saved.hours!.week[1]).toEqual([{ from: '09:00', to: '17:30' }]);
    expect(saved.hours!.week[2]).toEqual([{ from: '09:00', to: '24:00' }]);
    expect(window.faults).toEqual([]);
  });

  it('that only the server can refuse is refused at its field', async () => {
    const second = await stage.queue({ name: '専門' });
    const first = await stage.queue({
      name: '総合受付',
      overflow: { queueId: second.id, mode: 'move', afterSeconds: 60, longerThan: null, whenUnstaffed: false },
    });
    const window = await editor(second.id);
    await window.get('part-limits').click();
    await window.get('field-overflow').check();
    await window.get('field-overflow.queueId').selectOption(first.id);
    await window.page.getByText('あふれ先の窓口へ移す').click();
    await window.get('part-basics').click();
    await window.get('save-queue').click();
    await window.page.locator('[data-testid="queue-form"][data-part="limits"]').waitFor();
    await window.page.getByText('窓口どうしが互いにあふれ先になってしまいます。').first().waitFor();
    await window.get('part-basics').click();
    await window.get('field-name').fill('総合受付');
    await window.get('part-limits').click();
    await window.get('field-overflow').uncheck();
    await window.get('save-queue').click();
    await window.page.locator('[data-testid="queue-form"][data-part="basics"]').waitFor();
    await window.page.getByText('同じ名前の窓口があります。').first().waitFor();
    expect((await rules(second.id)).name).toBe('専門');
  });

  it('that a colleague changed meanwhile is neither overwritten nor lost', async () => {
    const queue = await stage.queue({ name: '総合受付' });
    const window = await editor(queue.id);
    // Nothing was changed here: what the colleague saved is taken over.
    await other.send('PATCH', `/api/queues/${queue.id}`, { name: '受付' });
    await window.page.getByRole('heading', { name: '受付', exact: true }).waitFor();
    await window.get('part-offers').click();
    await window.get('field-offerSeconds').fill('45');
    await other.send('PATCH', `/api/queues/${queue.id}`, { wrapUpSeconds: 90, maxLength: 10 });
    await window.get('colleague').getByText('ほかの人がこの窓口を変更しました(着信と後処理、目標と上限)').waitFor();
    expect(await window.get('save-queue').isDisabled()).toBe(true);
    expect(await window.get('field-offerSeconds').inputValue()).toBe('45');
    await window.get('keep-mine').click();
    await window.get('colleague').waitFor({ state: 'detached' });
    expect(await window.get('field-wrapUpSeconds').inputValue()).toBe('90');
    await window.get('save-queue').click();
    await window.page.locator('[data-testid="save-state"][data-saved]').waitFor();
    expect(await rules(queue.id)).toMatchObject({ offerSeconds: 45, wrapUpSeconds: 90, maxLength: 10, name: '受付' });

    // The colleague is faster by less than news need to get here: the server refuses, and then it is told.
    let hurried = false;
    await window.page.route(`**/api/queues/${queue.id}`, async (route) => {
      if (route.request().method() === 'PATCH' && !hurried) {
        hurried = true;
        await other.send('PATCH', `/api/queues/${queue.id}`, { offerSeconds: 99 });
      }
      await route.continue();
    });
    await window.get('field-offerSeconds').fill('50');
    await window.get('save-queue').click();
    await window.get('colleague').getByText('同じ項目を二人で変えています: 着信と後処理。').waitFor();
    expect((await rules(queue.id)).offerSeconds).toBe(99);
    await window.get('take-theirs').click();
    expect(await window.get('field-offerSeconds').inputValue()).toBe('99');
    expect(window.faults).toEqual([]);
  });

  it('that is not saved is not left behind unasked', async () => {
    const queue = await stage.queue({ name: '総合受付' });
    const window = await editor(queue.id);
    await window.get('field-name').fill('総合');
    await window.get('admin-back').click();
    await window.get('leave-guard').waitFor();
    await window.get('stay').click();
    await window.get('leave-guard').waitFor({ state: 'detached' });
    expect(await window.get('field-name').inputValue()).toBe('総合');
    await window.get('admin-back').click();
    await window.get('leave-unsaved').click();
    await window.get('queues').waitFor();
    expect((await rules(queue.id)).name).toBe('総合受付');
  });

  it('nor by signing out: whoever stays with it stays signed in', async () => {
    const queue = await stage.queue({ name: '総合受付' });
    const leaver = await office.agent({ name: '伊藤 管理', role: 'admin', visibility: 'all' });
    const window = await opens(leaver, `/admin/queues/${queue.id}`);
    await window.get('field-name').fill('総合');
    await window.get('user-menu').click();
    await window.get('sign-out').click();
    await window.get('leave-guard').waitFor();
    await window.get('stay').click();
    await window.get('leave-guard').waitFor({ state: 'detached' });
    expect(await window.get('field-name').inputValue()).toBe('総合');
    await window.get('user-menu').click();
    await window.get('sign-out').click();
    await window.get('leave-unsaved').click();
    await window.get('sign-in-form').waitFor();
    expect(window.faults).toEqual([]);
  });
});

describe('deleting a queue', () => {
  it('says what becomes of whoever waits, and of whoever writes next', async () => {
    const queue = await stage.queue({ name: '総合受付', accountIds: [office.account.id], agents: [aoi.view.id] });
    await stage.waiting(queue.id, 2);
    const window = await editor(queue.id);
    await window.get('delete-queue-open').click();
    const dialog = window.get('delete-queue');
    await dialog.getByText('2 件のお客様が待っています。').waitFor();
    expect(await window.get('confirm-delete').count()).toBe(0);
    await window.get('stop-queue').click();
    await dialog.getByText('公式アカウントを外しました。').waitFor();
    expect((await rules(queue.id)).accountIds).toEqual([]);
    await window.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await office.world.query(`update contacts set state = 'closed', closed_at = now() where queue_id = $1`, [queue.id]);
    await admin.send('PATCH', `/api/queues/${queue.id}`, { accountIds: [office.account.id] });
    await window.get('delete-queue-open').click();
    await dialog.getByText('窓口銀行 への新しい問い合わせは、窓口を通らず「未担当」に並びます。').waitFor();
    await window.get('confirm-delete').click();
    await window.get('queues-empty').waitFor();
    expect((await admin.send('GET', `/api/queues/${queue.id}`)).status).toBe(404);
    expect(window.faults).toEqual([]);
  });

  it('that others overflow into is refused, and somebody who has it open is told of a deletion', async () => {
    const queue = await stage.queue({ name: '専門' });
    const source = await stage.queue({
      name: '総合受付',
      overflow: { queueId: queue.id, mode: 'overlay', afterSeconds: 60, longerThan: null, whenUnstaffed: false },
    });
    const window = await editor(queue.id);
    await window.get('delete-queue-open').click();
    await window.get('confirm-delete').click();
    await window.get('delete-queue').getByText('ほかの窓口のあふれ先になっているため、削除できません。').waitFor();
    await window.page.keyboard.press('Escape');
    await other.send('PATCH', `/api/queues/${source.id}`, { overflow: null });
    await other.send('DELETE', `/api/queues/${queue.id}`);
    await window.get('queue-gone').waitFor();
  });
});

describe('an agent’s own side', () => {
  it('sets the same rows as the queue’s', async () => {
    const queue = await stage.queue({ name: '総合受付' });
    const window = await office.window(admin);
    await window.get('user-menu').click();
    await window.get('agents').click();
    const row = window.page.locator(`[data-testid="agent-row"][data-agent-id="${aoi.view.id}"]`);
    await row.getByTestId('edit-agent').click();
    await window.get(`in-queue-${queue.id}`).check();
    await window.get(`rank-in-${queue.id}`).fill('百');
    expect(await window.get('save-agent').isDisabled()).toBe(true);
    await window.get(`rank-in-${queue.id}`).fill('３');
    await picture(window, 'agent-queues');
    expect(await barriers(window, 'agent form')).toEqual([]);
    await window.get('save-agent').click();
    await window.get('agent-form').waitFor({ state: 'detached' });
    expect((await rules(queue.id)).members).toEqual([{ agentId: aoi.view.id, rank: 3, delaySeconds: 0 }]);
    await row.getByTestId('edit-agent').click();
    await window.get(`in-queue-${queue.id}`).waitFor();
    expect(await window.get(`rank-in-${queue.id}`).inputValue()).toBe('3');
    expect(window.faults).toEqual([]);
  });
});

describe('everybody can use it', () => {
  it.each(looks)(
    'at a %s, in %s, %s',
    async (place, locale, colorScheme, viewport) => {
      const name = (what: string) => `${what}-${place}-${colorScheme}-${locale}`;
      const found: string[] = [];
      const look = async (window: ConsoleWindow, what: string, within?: string) => {
        await picture(window, name(what));
        expect({ what, over: await window.overflow() }).toEqual({ what, over: 0 });
        found.push(...(await barriers(window, what, { within })));
      };
      const window = await opens(admin, '/admin/queues', { colorScheme, viewport, preferences: { locale } });
      await window.get('queues-empty').waitFor();
      await look(window, 'empty');
      const queue = await rich();
      await stage.queue({ name: '夜間・多言語サポート(English / 中文)', active: false });
      await stage.waiting(queue.id, 12, 20);
      await window.get('queues').waitFor();
      await window.comesToShow(() => window.get('queue').getByTestId('waiting').first().textContent(), '12');
      await look(window, 'list');
      await window.page.getByRole('link', { name: '総合受付' }).click();
      await window.get('queue-form').waitFor();
      for (const part of parts) {
        await window.get(`part-${part}`).click();
        await window.page.locator(`[data-testid="queue-form"][data-part="${part}"]`).waitFor();
        if (part === 'skills') await window.get('add-step').click();
        // The bar above is the same each time.
        await look(window, part, '[data-testid="queues-admin"]');
      }
      await window.get('part-members').click();
      await window.get('remove-member').first().click();
      await window.get('save-queue').click();
      await window.get('preview').waitFor();
      await look(window, 'preview', '[role="dialog"]');
      await window.page.keyboard.press('Escape');
      await window.get('preview').waitFor({ state: 'detached' });
      await window.get('delete-queue-open').click();
      await window.get('delete-queue').waitFor();
      await look(window, 'delete', '[role="dialog"]');
      expect(found).toEqual([]);
      expect(window.faults).toEqual([]);
    },
    120_000,
  );
});
