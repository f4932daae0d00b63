import { mkdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SearchAnswer } from '#libs/contracts/index.js';
import type { AgentDesk } from '../support/agent-desk.js';
import { eventually } from '../support/eventually.js';
import { barriers } from './barriers.js';
import type { ConsoleWindow } from './console-window.js';
import { looks } from './looks.js';
import { Office } from './office.js';

const LENGTH = 300;
const SHOTS = process.env['SHOTS'];

let office: Office;
let aoi: AgentDesk;
/** A thread of three hundred messages; in the 40th somebody orders a rubber duck. */
let long: string;
let short: string;

beforeAll(async () => {
  office = await Office.open();
  aoi = await office.agent();
  ({ id: long } = await office.caller(aoi, '1番目の言葉'));
  ({ id: short } = await office.caller(aoi, 'ｶﾞｿﾘﾝ代の領収書をお願いします'));
  await aoi.takes(long);
  await fills(long);
  const { customer } = (await aoi.detail(long)).conversation;
  await aoi.send('PATCH', `/api/customers/${customer.id}`, { name: '阿比留 花', kana: 'あひる はな' });
  await aoi.notes(short, 'アヒルの件ではない');
  await eventually(async () => {
    const { messages, notes, customers } = await aoi.get<SearchAnswer>(`/api/search?q=${encodeURIComponent('アヒル')}`);
    return messages?.hits.length === 1 && notes?.hits.length === 1 && customers?.hits.length === 1;
  }, 'everything to be found');
}, 120_000);
afterEach(() => office.closeWindows());
afterAll(() => office?.close());

/** As many as a person would not write in a test. */
async function fills(id: string): Promise<void> {
  await office.world.query(
    `with written as (
       insert into messages (conversation_id, contact_id, seq, change, kind, author_kind, content, created_at)
       select c.id, c.contact_id, n, c.last_change + n - c.last_seq, 'message', 'customer',
         jsonb_build_object('type', 'text', 'text',
           case n when 40 then '黄色いあひるを３つ注文します。' else n || '番目。' || repeat('長い話の続きです。', (n * 7) % 23) end),
         now() - make_interval(mins => ${LENGTH} - n)
       from conversations c, generate_series(c.last_seq + 1, ${LENGTH}) n where c.id = $1
     )
     update conversations set last_change = last_change + ${LENGTH} - last_seq, last_seq = ${LENGTH}, read_seq = ${LENGTH}, unread = 0
     where id = $1`,
    [id],
  );
}

async function shot(window: ConsoleWindow, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await window.page.screenshot({ path: `${SHOTS}/${name}.png` });
}

async function searches(window: ConsoleWindow, words: string): Promise<void> {
  await window.page.keyboard.press('/');
  await window.get('search-tips').waitFor();
  await window.page.keyboard.type(words);
  await window.get('search-results').waitFor();
}

describe('searching by the keyboard', () => {
  it('finds people, messages and notes, and Esc gives back what was there', async () => {
    const window = await office.window(aoi);
    await window.opens(short);
    await window.page.locator('body').click({ position: { x: 700, y: 5 } });
    await searches(window, 'アヒル');
    await window.get('message-hit').first().waitFor();
    expect(await window.get('customer-hit').count()).toBe(1);
    expect(await window.get('message-hit').count()).toBe(2);
    expect(await window.page.locator('mark').allTextContents()).toEqual(['あひる', 'あひる', 'アヒル']);
    expect(new URL(window.page.url()).searchParams.get('q')).toBe('アヒル');
    await shot(window, 'results-desk-ja-light');
    await window.page.keyboard.press('Escape');
    await window.get('search-results').waitFor({ state: 'detached' });
    expect(new URL(window.page.url()).searchParams.get('q')).toBeNull();
    await window.isOpen(short);
    expect(await window.row(short).isVisible()).toBe(true);
    expect(window.faults).toEqual([]);
  });
});

const seqs = (window: ConsoleWindow): Promise<number[]> =>
  window.thread.evaluate((thread) => {
    const frame = thread.getBoundingClientRect();
    return [...thread.querySelectorAll('[data-message-seq]')]
      .map((row) => ({ seq: Number(row.getAttribute('data-message-seq')), box: row.getBoundingClientRect() }))
      .filter(({ box }) => box.top >= frame.top && box.bottom <= frame.bottom)
      .map(({ seq }) => seq)
      .sort((a, b) => a - b);
  });

/** Once the message stands on the screen, where it stays. */
async function standsAt(window: ConsoleWindow, seq: number): Promise<number> {
  let last = Number.NaN;
  await eventually(async () => {
    const now = await topOf(window, seq);
    const rests = now !== null && Math.abs(now - last) < 1;
    last = now ?? Number.NaN;
    return rests;
  }, `message ${seq} to rest`);
  return last;
}

const topOf = (window: ConsoleWindow, seq: number): Promise<number | null> =>
  window.thread.evaluate((thread, wanted) => {
    const row = thread.querySelector(`[data-message-seq="${wanted}"]`);
    return row?.getBoundingClientRect().top ?? null;
  }, seq);

describe('reading around what was found', () => {
  it('jumps far back, counts what comes in meanwhile, grows without moving, and goes back to the live end', async () => {
    const window = await office.window(aoi);
    await searches(window, '黄色い');
    await window.get('message-hit').first().waitFor();
    await window.page.keyboard.press('ArrowDown');
    await window.page.keyboard.press('Enter');
    await window.isOpen(long);
    await window.get('past-bar').waitFor();
    const before = await standsAt(window, 40);
    expect(await seqs(window)).toContain(40);
    expect(new URL(window.page.url()).searchParams.get('message')).toBeTruthy();
    await shot(window, 'past-desk-ja-light');

    expect((await aoi.posts(long, 'お待ちください')).status).toBe(201);
    await window.get('past-news').waitFor();
    expect(Math.abs((await topOf(window, 40))! - before)).toBeLessThanOrEqual(1);

    // Down by the wheel until it is the live thread again; what is read never moves by more than the wheel.
    await window.thread.hover();
    await eventually(
      async () => {
        await window.page.mouse.wheel(0, 1200);
        return (await window.get('past-bar').count()) === 0;
      },
      'the stretch to meet the live thread',
      20_000,
    );
    await eventually(async () => {
      await window.page.mouse.wheel(0, 3000);
      return window.message('お待ちください').isVisible();
    }, 'the live end');
    const drawn = (await window.shown()).map(({ seq }) => Number(seq));
    expect(drawn).toEqual(drawn.map((_, place) => drawn[0]! + place));

    await window.page.goBack();
    expect(window.faults).toEqual([]);
  });

  it('opens by its address, and one press leads to the latest', async () => {
    const { messages } = await aoi.get<SearchAnswer>(`/api/search?q=${encodeURIComponent('黄色い')}&kind=messages`);
    const window = await office.window(aoi, { path: `/c/${long}?view=all&message=${messages!.hits[0]!.id}` });
    await window.get('past-bar').waitFor();
    await standsAt(window, 40);
    expect(await seqs(window)).toContain(40);
    await window.get('to-live').click();
    await window.get('past-bar').waitFor({ state: 'detached' });
    await eventually(async () => Math.max(...(await seqs(window))) >= LENGTH, 'the end of the thread');
    await window.goes(`/c/${long}?view=all&message=999999`);
    await window.isOpen(long);
    await window.page.getByText('このメッセージは見つかりませんでした').waitFor();
    expect(window.faults).toEqual([]);
  });
});

describe('a saved view', () => {
  it('is made, shown, kept in the address, forgotten and brought back', async () => {
    const window = await office.window(aoi);
    await window.row(short).waitFor();
    await window.get('saved-views').click();
    await window.get('saved-edit').click();
    await window.get('view-name').fill('返信待ち');
    await window.get('view-unanswered').check();
    await shot(window, 'views-dialog-desk-ja-light');
    await window.get('save-view').click();
    await window.get('narrowed').filter({ hasText: '返信待ち' }).waitFor();
    // What was answered leaves, and what waits stays.
    await window.comesToShow(() => window.listed(), [short]);
    await shot(window, 'narrowed-desk-ja-light');
    await window.page.reload();
    await window.ready();
    expect(await window.listed()).toEqual([short]);
    await window.get('saved-clear').click();
    await window.row(long).waitFor();

    await window.get('saved-views').click();
    await window.get('saved-edit').click();
    await window.get('remove-view').click();
    await window.get('shelf-view').waitFor({ state: 'detached' });
    await window.get('undo-remove').click();
    await window.get('shelf-view').waitFor();
    await window.page.keyboard.press('Escape');
    await window.get('views-dialog').waitFor({ state: 'detached' });
    await window.get('saved-views').click();
    expect(await window.get('saved-view').allTextContents()).toEqual(['返信待ち']);
    expect(window.faults).toEqual([]);
  });
});

describe('searching, looked at', () => {
  it.each(looks)(
    '%s, %s, %s: nothing hangs over, nothing is in anybody’s way',
    async (place, locale, colorScheme, viewport) => {
      const name = `${place}-${locale}-${colorScheme}`;
      const window = await office.window(aoi, { viewport, colorScheme, preferences: { locale } });
      const found: string[] = [];
      const look = async (what: string, within = 'body') => {
        await shot(window, `${what}-${name}`);
        found.push(...(await barriers(window, what, { within })));
        found.push(...((await window.overflow()) > 0 ? [`${what} hangs over`] : []));
      };
      await window.get('search-input').click();
      await window.get('search-tips').waitFor();
      await look('tips');
      await window.get('search-input').fill('アヒル');
      await window.get('message-hit').first().waitFor();
      await window.page.keyboard.press('ArrowDown');
      await look('results');
      await window.get('search-input').fill('番目');
      await window.get('all-messages').click();
      await window.get('search-more').waitFor();
      await look('messages');
      await window.get('search-input').fill('存在しない言葉');
      await window.get('search-nothing').waitFor();
      await look('nothing');
      await window.get('search-close').click();
      await window.get('saved-views').click();
      await window.get('saved-edit').click();
      await window.get('view-unanswered').check();
      await look('views', '[role="dialog"]');
      expect(found).toEqual([]);
    },
  );
});
