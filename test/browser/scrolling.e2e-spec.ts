import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AgentDesk } from '../support/agent-desk.js';
import type { Customer } from '../support/customer.js';
import { eventually } from '../support/eventually.js';
import type { ConsoleWindow } from './console-window.js';
import { Office, phone } from './office.js';

const LENGTH = 300;

let office: Office;
let aoi: AgentDesk;
let hana: Customer;
let id: string;

beforeAll(async () => {
  office = await Office.open();
  aoi = await office.agent();
  hana = await office.customer();
  // Bubbles of one to six lines: a view that stands still only because all rows are alike would not stand here.
  for (let n = 1; n <= LENGTH; n += 1) await hana.writes(`${n}番目。${'長い話の続きです。'.repeat((n * 7) % 23)}`);
  id = (await aoi.conversationWith(hana)).id;
  await eventually(async () => (await aoi.detail(id)).conversation.lastSeq === LENGTH, 'all messages', 60_000);
}, 120_000);
afterEach(() => office.closeWindows());
afterAll(() => office?.close());

describe('a long thread', () => {
  it('opens where the unread ones begin, and at the end when there are none', async () => {
    const first = await office.window(aoi, { path: `/c/${id}?view=all` });
    await first.get('unread-divider').waitFor();
    expect(await visibleSeqs(first)).toContain(1);

    await aoi.takes(id);
    await aoi.reads(id, 280);
    const second = await office.window(aoi, { path: `/c/${id}?view=all` });
    await second.get('unread-divider').waitFor();
    await still(second.page);
    const shown = await visibleSeqs(second);
    expect(shown[0]).toBe(281);
    expect(await second.get('unread-divider').isVisible()).toBe(true);

    await aoi.reads(id, LENGTH);
    const third = await office.window(aoi, { path: `/c/${id}?view=all` });
    await third.thread.waitFor();
    await still(third.page);
    expect(await visibleSeqs(third)).toContain(LENGTH);
    expect(await third.get('unread-divider').count()).toBe(0);
  });

  it.each(['no-preference', 'reduce'] as const)(
    'loads older pages while it is scrolled up, and nothing under the eyes moves (motion: %s)',
    async (reducedMotion) => {
      const window = await atTheEnd({ reducedMotion });
      let pages = 0;
      let release: () => void = () => undefined;
      await window.page.route('**/messages?*before=*', async (route) => {
        pages += 1;
        await new Promise<void>((resolve) => (release = resolve));
        await route.continue();
      });
      for (let page = 1; page <= 3; page += 1) {
        // Up to the very top of what is loaded, where a page that comes in front has nothing left to push away.
        await eventually(async () => {
          await wheel(window, -1500);
          return pages === page && (await scrollTop(window)) === 0;
        }, `the ${page}. older page to be asked for at the top`);
        await still(window.page);
        const before = await underTheEyes(window);
        const loaded = await total(window);
        release();
        await eventually(async () => (await total(window)) > loaded, 'the page to be there');
        await still(window.page);
        const after = await topOf(window, before.seq);
        expect(Math.abs(after! - before.top), `message ${before.seq} moved`).toBeLessThanOrEqual(2);
      }
      await window.page.unroute('**/messages?*before=*');
      release();
      await eventually(async () => {
        await wheel(window, -4000);
        return (await visibleSeqs(window)).includes(1);
      }, 'the first message');
      await eventually(async () => {
        await wheel(window, 20_000);
        return (await visibleSeqs(window)).includes((await aoi.detail(id)).conversation.lastSeq);
      }, 'the last message again');
      expect(window.faults).toEqual([]);
    },
  );

  it('tells of a new message instead of jumping to it', async () => {
    const window = await atTheEnd();
    await wheel(window, -900);
    await window.get('to-end').waitFor();
    await still(window.page);
    const before = await underTheEyes(window);
    await hana.writes('下の方で待っています');
    const chip = window.get('new-messages');
    await chip.waitFor();
    expect(await chip.innerText()).toBe('新しいメッセージ');
    await still(window.page);
    expect(Math.abs((await topOf(window, before.seq))! - before.top)).toBeLessThanOrEqual(1);
    await chip.click();
    await eventually(
      async () => (await visibleSeqs(window)).includes((await aoi.detail(id)).conversation.lastSeq),
      'the end',
    );
    await chip.waitFor({ state: 'detached' });

    // Whoever is at the end already just sees it.
    await hana.writes('もう一通');
    await window.message('もう一通').waitFor();
    await eventually(
      async () => (await visibleSeqs(window)).includes((await aoi.detail(id)).conversation.lastSeq),
      'the new end',
    );
    expect(await window.get('new-messages').count()).toBe(0);
  });
});

describe('on a phone', () => {
  it('what leads to the end covers no message and no tick, wherever the thread stands', async () => {
    const desk = await office.agent();
    const { customer, id: talk } = await office.caller(desk, 'お願いします');
    await desk.takes(talk);
    for (let n = 1; n <= 20; n += 1) await desk.posts(talk, `${n}番目の返事です。`);
    await customer.received(20);
    const window = await office.window(desk, { path: `/c/${talk}?view=all`, viewport: phone, ready: false });
    await window.isOpen(talk);
    await still(window.page);
    await wheel(window, -300);
    await window.get('to-end').waitFor();
    for (let step = 0; step < 12; step += 1) {
      await wheel(window, -9);
      await still(window.page);
      expect(await covered(window, 'to-end')).toEqual([]);
    }
    await customer.writes('もう一つ');
    await window.get('new-messages').waitFor();
    expect(await covered(window, 'new-messages')).toEqual([]);
    await customer.types(true);
    await window.get('typing').getByText('が入力中').waitFor();
    expect(await covered(window, 'new-messages')).toEqual([]);
    await window.get('new-messages').click();
    await window.message('もう一つ').waitFor();
    await window.get('new-messages').waitFor({ state: 'detached' });
  });
});

describe('the list', () => {
  it('holds still under the pointer, and takes its order when the pointer leaves', async () => {
    const others = [];
    for (const text of ['一人目', '二人目', '三人目']) others.push(await office.caller(aoi, text));
    const window = await office.window(aoi, { path: '/?view=all&order=newest' });
    const before = await window.listed();
    expect(before.slice(0, 3)).toEqual(others.map((other) => other.id).reverse());
    const target = window.row(before[1]!);
    await target.hover();
    const place = await target.boundingBox();

    await others[0]!.customer.writes('一人目から、もう一度');
    await hana.writes('まだいます');
    await office.caller(aoi, '四人目');
    await window.row(others[0]!.id).getByText('一人目から、もう一度').waitFor();
    await window.get('list-news').waitFor();
    await window.comesToShow(() => window.get('list-news').innerText(), '新着 3 件');
    expect(await target.boundingBox()).toEqual(place);
    expect(await window.listed()).toEqual(before);

    await window.page.mouse.move(900, 500);
    await window.get('list-news').waitFor({ state: 'detached' });
    const rows = (await aoi.get<{ rows: { id: string }[] }>('/api/conversations?view=all&order=newest')).rows;
    await window.comesToShow(
      () => window.listed(),
      rows.map((row) => row.id),
    );
    expect(rows).toHaveLength(before.length + 1);
  });
});

/** Ticks, times, bubbles and typing signs on the screen that a button lies over. */
function covered(window: ConsoleWindow, button: string): Promise<string[]> {
  return window.get(button).evaluate((element) => {
    const over = element.getBoundingClientRect();
    const thread = document.querySelector('[data-testid="thread"]')!.getBoundingClientRect();
    const parts = document.querySelectorAll('[data-testid="message"] [class*="line"] > *, [data-testid="typing"]');
    return [...parts]
      .filter((part) => {
        const box = part.getBoundingClientRect();
        const inside = part.closest('[data-testid="thread"]') !== null;
        const top = inside ? Math.max(box.top, thread.top) : box.top;
        const bottom = inside ? Math.min(box.bottom, thread.bottom) : box.bottom;
        return top < bottom && box.left < over.right && box.right > over.left && top < over.bottom && bottom > over.top;
      })
      .map((part) => part.textContent);
  });
}

/** The thread in a window of its own, everything read. */
async function atTheEnd(options: Parameters<Office['window']>[1] = {}): Promise<ConsoleWindow> {
  await aoi.takes(id);
  await aoi.reads(id, (await aoi.detail(id)).conversation.lastSeq);
  const window = await office.window(aoi, { path: `/c/${id}?view=all`, ...options });
  await window.thread.waitFor();
  await still(window.page);
  return window;
}

/** Two frames in a row that are alike: measuring and scrolling have come to rest. */
async function still(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const look = () => {
      const thread = document.querySelector('[data-testid="thread"]');
      const tops = [...document.querySelectorAll('[data-message-seq]')].map((row) => row.getBoundingClientRect().top);
      return JSON.stringify([thread?.scrollTop, thread?.scrollHeight, tops]);
    };
    let alike = 0;
    for (let last = look(); alike < 6;) {
      await new Promise((next) => requestAnimationFrame(next));
      const now = look();
      alike = now === last ? alike + 1 : 0;
      last = now;
    }
  });
}

async function wheel(window: ConsoleWindow, by: number): Promise<void> {
  const box = (await window.thread.boundingBox())!;
  await window.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await window.page.mouse.wheel(0, by);
  await window.page.evaluate(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))));
}

function scrollTop(window: ConsoleWindow): Promise<number> {
  return window.thread.evaluate((thread) => thread.scrollTop);
}

function total(window: ConsoleWindow): Promise<number> {
  return window.thread.evaluate((thread) => thread.scrollHeight);
}

/** Places of the messages that are on the screen with most of their height, top to bottom. */
function visibleSeqs(window: ConsoleWindow): Promise<number[]> {
  return window.thread.evaluate((thread) => {
    const frame = thread.getBoundingClientRect();
    return [...thread.querySelectorAll('[data-testid="message"], [data-testid="activity"]')]
      .map((row) => ({ seq: Number(row.getAttribute('data-message-seq')), box: row.getBoundingClientRect() }))
      .filter(({ box }) => box.top + box.height / 2 > frame.top && box.top + box.height / 2 < frame.bottom)
      .sort((a, b) => a.seq - b.seq)
      .map(({ seq }) => seq);
  });
}

/** The message in the middle of the thread. */
function underTheEyes(window: ConsoleWindow): Promise<{ seq: number; top: number }> {
  return window.thread.evaluate((thread) => {
    const frame = thread.getBoundingClientRect();
    const middle = frame.top + frame.height / 2;
    const rows = [...thread.querySelectorAll('[data-message-seq]')].map((row) => ({
      seq: Number(row.getAttribute('data-message-seq')),
      ...row.getBoundingClientRect().toJSON(),
    })) as { seq: number; top: number; bottom: number }[];
    const { seq, top } = rows.sort((a, b) => a.top - b.top).find((row) => row.bottom >= middle)!;
    return { seq, top };
  });
}

function topOf(window: ConsoleWindow, seq: number): Promise<number | null> {
  return window.thread.evaluate(
    (thread, wanted) => thread.querySelector(`[data-message-seq="${wanted}"]`)?.getBoundingClientRect().top ?? null,
    seq,
  );
}
