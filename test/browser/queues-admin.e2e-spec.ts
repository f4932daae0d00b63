import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { QueueSummary, QueueView } from '#libs/contracts/index.js';
import { Stage } from '../routing/stage.js';
import type { AgentDesk } from '../support/agent-desk.js';
import type { ConsoleWindow } from './console-window.js';
import { Office, desktop, phone } from './office.js';

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

async function barriers({ page }: ConsoleWindow, where: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${where}: ${id}: ${html}`));
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

describe.each(['light', 'dark'] as const)('everybody can use it, %s', (colorScheme) => {
  it.each([
    ['desk', 'ja', desktop],
    ['desk', 'en', desktop],
    ['phone', 'ja', phone],
    ['phone', 'en', phone],
  ] as const)(
    'at a %s, in %s',
    async (place, locale, viewport) => {
      const name = (what: string) => `${what}-${place}-${colorScheme}-${locale}`;
      const found: string[] = [];
      const look = async (window: ConsoleWindow, what: string) => {
        await picture(window, name(what));
        expect({ what, over: await window.overflow() }).toEqual({ what, over: 0 });
        found.push(...(await barriers(window, what)));
      };
      const window = await opens(admin, '/admin/queues', { colorScheme, viewport, preferences: { locale } });
      await window.get('queues-empty').waitFor();
      await look(window, 'empty');
      const queue = await rich();
      await stage.queue({ name: '夜間・多言語サポート(English / 中文)', active: false });
      await stage.waiting(queue.id, 12, 20);
      await window.get('queues').waitFor();
      await expect.poll(() => window.page.getByTestId('waiting').first().textContent()).toBe('12');
      await look(window, 'list');
      await window.page.getByRole('link', { name: '総合受付' }).click();
      await window.get('queue-form').waitFor();
      for (const part of parts) {
        await window.get(`part-${part}`).click();
        await window.page.locator(`[data-testid="queue-form"][data-part="${part}"]`).waitFor();
        if (part === 'skills') await window.get('add-step').click();
        await look(window, part);
      }
      await window.get('part-members').click();
      await window.get('remove-member').first().click();
      await window.get('save-queue').click();
      await window.get('preview').waitFor();
      await look(window, 'preview');
      await window.page.keyboard.press('Escape');
      await window.get('preview').waitFor({ state: 'detached' });
      await window.get('delete-queue-open').click();
      await window.get('delete-queue').waitFor();
      await look(window, 'delete');
      expect(found).toEqual([]);
      expect(window.faults).toEqual([]);
    },
    120_000,
  );
});
