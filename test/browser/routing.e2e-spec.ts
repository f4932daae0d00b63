import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { barriers } from './barriers.js';
import type { ConsoleWindow } from './console-window.js';
import { Counter, Offers } from './counter.js';
import { desktop, Office, phone } from './office.js';
import { looks } from './looks.js';

/** To look at what people see: a directory for pictures. */
const pictures = process.env['TEST_PICTURES'];

let office: Office;

beforeAll(async () => {
  office = await Office.open();
});
afterEach(() => office.closeWindows());
afterAll(() => office?.close());

const focused = (window: ConsoleWindow) => () =>
  window.page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? document.activeElement?.tagName);
const picture = async (window: ConsoleWindow, name: string) => {
  if (pictures) await window.page.screenshot({ path: `${pictures}/${name}.png` });
};
const standing = (window: ConsoleWindow, id: string) => async () =>
  window.row(id).getByTestId('row-owner').textContent();
const stateAt = (window: ConsoleWindow, state: string) =>
  window.page.locator(`[data-testid="my-state"][data-state="${state}"]`).waitFor();

async function turnsReady(window: ConsoleWindow): Promise<void> {
  await window.get('my-state').click();
  await window.get('state-ready').click();
  await stateAt(window, 'ready');
}

describe('the walk', () => {
  it('offer, decline, offer to the next, accept, transfer, hold, snooze, wrap-up, close, new contact', async () => {
    const counter = await Counter.open(office, ['高橋 葵', '渡辺 蓮'], {
      wrapUpSeconds: 600,
      dispositions: [{ id: 'solved', name: '解決', active: true }],
      dispositionRequired: true,
      offerSeconds: 60,
    });
    const [aoi, ren] = counter.people as [(typeof counter.people)[0], (typeof counter.people)[0]];
    const [atAoi, atRen] = [await office.window(aoi, { path: '/' }), await office.window(ren, { path: '/' })];
    const [toAoi, toRen] = [new Offers(atAoi), new Offers(atRen)];
    await turnsReady(atAoi);

    const hana = await counter.caller('カードをなくしました', '山田 花子');
    await toAoi.card.waitFor();
    expect(await atAoi.get('offer-customer').textContent()).toBe('山田 花子 様');
    expect(await atAoi.get('offer-queue').textContent()).toBe(counter.queue.name);
    expect(await atAoi.get('offer-preview').textContent()).toBe('カードをなくしました');
    expect(await atAoi.get('offers-said').textContent()).toBe(`着信: 山田 花子 様、${counter.queue.name}`);
    await atAoi.comesToShow(() => atAoi.page.title(), '(1) 着信 — 窓口 Madoguchi');
    expect(await toRen.card.count()).toBe(0);
    const { id } = await aoi.conversationWith(hana);
    await atAoi.get('view-unassigned').click();
    await atAoi.comesToShow(standing(atAoi, id), '自分に着信中');

    await turnsReady(atRen);
    await toAoi.declines('wrongSkill');
    await toAoi.gone();
    await toRen.card.waitFor();
    await atAoi.comesToShow(standing(atAoi, id), '渡辺 蓮 さんに着信中');
    expect(await atAoi.get('offer-parting').count()).toBe(0);
    await toRen.armed();
    await atRen.page.keyboard.press('Alt+a');
    await atRen.isOpen(id);
    await toRen.gone();
    await atRen.comesToShow(focused(atRen), 'composer-field');
    await atRen.page.keyboard.type('すぐに止めます');
    await atRen.page.keyboard.press('Control+Enter');
    await hana.received(1);
    await atAoi.get('view-queue').click();
    await atAoi.comesToShow(standing(atAoi, id), '渡辺 蓮');
    await atAoi.comesToShow(() => atAoi.get('count-queue').textContent(), '1');

    await atRen.field.press('Escape');
    await atRen.asksToTakeOver('葵', '再発行の件です');
    await toAoi.card.waitFor();
    expect(await toAoi.card.getAttribute('data-kind')).toBe('transfer');
    expect(await atAoi.get('offer-from').textContent()).toBe('渡辺 蓮 さんから');
    expect(await atAoi.get('offer-note').textContent()).toBe('再発行の件です');
    await atRen.comesToShow(() => atRen.get('owner').textContent(), '自分の担当');
    await atAoi.comesToShow(standing(atAoi, id), '自分に引き継ぎの依頼');
    await toAoi.accepts();
    await atAoi.isOpen(id);
    await atAoi.comesToShow(focused(atAoi), 'composer-field');
    await atRen.comesToShow(() => atRen.get('owner').textContent(), '担当 高橋 葵');

    await atAoi.get('view-mine').click();
    await atAoi.get('hold').click();
    await atAoi.comesToShow(standing(atAoi, id), '保留');
    await atAoi.get('resume-contact').click();
    await atAoi.row(id).getByTestId('row-owner').waitFor({ state: 'detached' });
    await atAoi.get('snooze').click();
    await atAoi.get('snooze-in60').click();
    await expect.poll(standing(atAoi, id)).toMatch(/^再対応 .*\d\d:\d\d$/);
    await hana.writes('まだですか');
    // Hers and in her hand again: in her own list that goes without saying.
    await atAoi.row(id).getByTestId('row-owner').waitFor({ state: 'detached' });

    await atAoi.writes('お待たせしました');
    await hana.received(2);
    await atAoi.get('close').click();
    await atAoi.get('close-confirm').click();
    await atAoi.comesToShow(standing(atAoi, id), '後処理');
    await atAoi.get('disposition').selectOption('solved');
    await atAoi.get('wrap-up-done').click();
    await atAoi.row(id).waitFor({ state: 'detached' });

    await hana.writes('もう一つあります');
    const again = await Promise.race([toAoi.card.waitFor().then(() => atAoi), toRen.card.waitFor().then(() => atRen)]);
    expect(await again.get('offer-customer').textContent()).toBe('山田 花子 様');
    await new Offers(again).accepts();
    await again.isOpen(id);
    expect((await counter.admin.detail(id)).contacts).toHaveLength(3);
    expect([...atAoi.faults, ...atRen.faults]).toEqual([]);
  });
});

describe('an offer', () => {
  it('that nobody answers runs out before her eyes, and she is asked no more until she is back', async () => {
    const counter = await Counter.open(office, ['高橋 葵', '渡辺 蓮'], { offerSeconds: 5 });
    const [aoi, ren] = counter.people;
    const [window, atRen] = [await office.window(aoi!), await office.window(ren!)];
    await counter.ready(aoi!);
    await counter.caller('いますか', '佐藤 一郎');
    const offers = new Offers(window);
    await offers.card.waitFor();
    const left = Number(await window.get('countdown').textContent());
    await expect
      .poll(async () => Number(await window.get('countdown').textContent()), { timeout: 4_000 })
      .toBeLessThan(left);
    expect(await window.get('countdown').getAttribute('data-level')).toBe('soon');
    await counter.ready(ren!);
    await offers.gone();
    await window.comesToShow(
      () => window.get('offer-parting').textContent(),
      '佐藤 一郎 様 の着信は時間切れになりました。',
    );
    await stateAt(window, 'not_responding');
    await new Offers(atRen).card.waitFor();
    await window.comesToShow(() => window.page.title(), '窓口 Madoguchi');
    await window.get('resume').click();
    await stateAt(window, 'ready');
    expect([...window.faults, ...atRen.faults]).toEqual([]);
  });

  it('answered in one tab is gone from the other, with a word, and never takes the cursor from what is written there', async () => {
    const counter = await Counter.open(office, ['高橋 葵'], { offerSeconds: 60 });
    const aoi = counter.people[0]!;
    const { phone: known } = await counter.caller('一人目', '一人目');
    const { id } = await aoi.conversationWith({ phone: known });
    await counter.takes(aoi, id);
    const first = await office.window(aoi, { path: '/' });
    const second = await office.secondTab(first, `/c/${id}`);
    await second.isOpen(id);
    await second.field.click();
    await second.page.keyboard.type('途中まで');
    const caret = () => second.field.evaluate((field: HTMLTextAreaElement) => field.selectionStart);
    await second.page.keyboard.press('ArrowLeft');
    await counter.ready(aoi);
    const hana = await counter.caller('二人目です', '山田 花子');
    await new Offers(second).card.waitFor();
    await new Offers(second).armed();
    expect(await focused(second)()).toBe('composer-field');
    expect(await caret()).toBe(3);
    // In the middle of a sentence the keys write, and answer nobody.
    await second.page.keyboard.press('Alt+a');
    await second.page.keyboard.press('Alt+d');
    expect(await new Offers(second).card.count()).toBe(1);
    expect(await second.field.inputValue()).toBe('途中まで');

    await new Offers(first).accepts();
    await first.isOpen((await aoi.conversationWith(hana)).id);
    await new Offers(second).gone();
    await second.comesToShow(
      () => second.get('offer-parting').textContent(),
      '山田 花子 様 の着信は受け付け済みです。',
    );
    expect(await first.get('offer-parting').count()).toBe(0);
    expect(await focused(second)()).toBe('composer-field');
    expect([...first.faults, ...second.faults]).toEqual([]);
  });

  it('is answered with the keyboard alone: a reason in words, and the key in an empty field', async () => {
    const counter = await Counter.open(office, ['高橋 葵'], { offerSeconds: 60 });
    const aoi = counter.people[0]!;
    const window = await office.window(aoi, { path: '/' });
    await counter.ready(aoi);
    const hana = await counter.caller('お願いします', '山田 花子');
    const offers = new Offers(window);
    await offers.card.waitFor();
    await offers.armed();
    await window.page.keyboard.press('Alt+d');
    await window.get('decline-busy').waitFor();
    await window.page.keyboard.press('ArrowUp');
    await window.comesToShow(focused(window), 'decline-other');
    await window.page.keyboard.press('Enter');
    await window.get('decline-note').waitFor();
    await window.page.keyboard.type('前回の担当者が必要です');
    await window.page.keyboard.press('Enter');
    await offers.gone();
    const { id } = await aoi.conversationWith(hana);
    const [offer] = await office.world.query<{ reason: string; reason_note: string }>(
      'select reason, reason_note from offers where conversation_id = $1 order by id',
      [id],
    );
    expect(offer).toEqual({ reason: 'other', reason_note: '前回の担当者が必要です' });

    // Everybody has declined: after a while it begins anew. She stands in an empty field now.
    await counter.takes(aoi, id);
    await window.goes(`/c/${id}`);
    await window.isOpen(id);
    const taro = await counter.caller('もう一人です', '鈴木 太郎');
    await offers.card.waitFor();
    await offers.armed();
    await window.field.click();
    await window.page.keyboard.press('Alt+a');
    await window.isOpen((await aoi.conversationWith(taro)).id);
    await window.comesToShow(focused(window), 'composer-field');

    // Whoever declines stands afterwards where she stood before.
    await counter.caller('三人目です', '田中 次郎');
    await offers.card.waitFor();
    await offers.armed();
    await window.page.keyboard.press('Alt+d');
    await window.comesToShow(focused(window), 'decline-busy');
    await window.page.keyboard.press('Enter');
    await offers.gone();
    await window.comesToShow(focused(window), 'composer-field');
    expect(window.faults).toEqual([]);
  });

  it('that cannot be answered says why: the line is down, somebody was faster', async () => {
    const counter = await Counter.open(office, ['高橋 葵'], { offerSeconds: 60 });
    const aoi = counter.people[0]!;
    const window = await office.window(aoi, { path: '/' });
    await counter.ready(aoi);
    const hana = await counter.caller('お願いします', '山田 花子');
    const offers = new Offers(window);
    await offers.card.waitFor();
    await window.page.route('**/api/offers/*/accept', (route) => route.abort());
    await offers.accepts();
    await window.comesToShow(
      () => window.get('offer-fault').textContent(),
      'サーバーに接続できません。ネットワークをご確認ください。',
    );
    await window.page.unroute('**/api/offers/*/accept');
    // Somebody is faster, and the news of it is lost on the way.
    await window.page.route('**/api/offers/*/accept', async (route) => {
      const offer = await counter.offerOf(aoi, hana);
      await aoi.send('POST', `/api/offers/${offer.id}/decline`, { reason: 'busy' });
      await route.continue();
    });
    await offers.accepts();
    await window.get('notices').getByText('この着信は終了しています。').waitFor();
    await offers.gone();
    expect(window.faults).toEqual([]);
  });

  it('is there after a reload and after a lost line, and what ended meanwhile is not', async () => {
    const counter = await Counter.open(office, ['高橋 葵'], { offerSeconds: 60 });
    const aoi = counter.people[0]!;
    const window = await office.window(aoi, { path: '/' });
    const other = await aoi.screen();
    await counter.ready(aoi);
    const hana = await counter.caller('一つ目', '山田 花子');
    const offers = new Offers(window);
    await offers.card.waitFor();
    await window.page.reload();
    await offers.card.waitFor();
    await window.isCut();
    const offer = await counter.offerOf(aoi, hana);
    await aoi.send('POST', `/api/offers/${offer.id}/accept`);
    await counter.caller('二つ目', '鈴木 太郎');
    await window.comesBack();
    await window.comesToShow(() => window.get('offer-customer').allTextContents(), ['鈴木 太郎 様']);
    other.close();
    expect(window.faults).toEqual([]);
  });

  it.each([
    ['desk', desktop],
    ['phone', phone],
  ] as const)('beside others keeps its place and never lies over the composer, at a %s', async (place, viewport) => {
    const counter = await Counter.open(office, ['高橋 葵'], { offerSeconds: 60 });
    const aoi = counter.people[0]!;
    await aoi.send('PATCH', `/api/agents/${aoi.view.id}`, { capacity: 9 });
    await counter.admin.send('PATCH', `/api/agents/${aoi.view.id}`, { capacity: 9 });
    const busy = await counter.caller('対応中です', '対応 中');
    const { id } = await aoi.conversationWith(busy);
    await counter.takes(aoi, id);
    const window = await office.window(aoi, { viewport, path: `/c/${id}`, ready: false });
    await window.isOpen(id);
    await counter.ready(aoi);
    const offers = new Offers(window);
    await counter.caller('一人目です', '一人目');
    await offers.card.waitFor();
    const before = await offers.card.boundingBox();
    for (const name of ['二人目', '三人目']) await counter.caller(`${name}です`, name);
    await window.comesToShow(() => offers.lines.count(), 2);
    expect(await offers.card.boundingBox()).toEqual(before);
    expect(await window.get('offer-customer').textContent()).toBe('一人目 様');
    await picture(window, `stack-${place}`);
    const composer = (await window.get('composer').boundingBox())!;
    for (const part of [...(await offers.lines.all()), offers.card]) {
      const box = (await part.boundingBox())!;
      const apart = box.y + box.height <= composer.y || box.x + box.width <= composer.x;
      expect({ apart, box, composer }).toMatchObject({ apart: true });
    }
    expect(await window.overflow()).toBeLessThanOrEqual(0);

    await offers.lines.filter({ hasText: '三人目' }).getByRole('button').first().click();
    await window.comesToShow(() => window.get('offer-customer').textContent(), '三人目 様');
    await offers.lines.filter({ hasText: '一人目' }).getByTestId('accept-line').click();
    await window.comesToShow(() => window.get('customer-name').textContent(), '一人目 様');
    expect(await window.get('offer-customer').textContent()).toBe('三人目 様');
    await window.comesToShow(() => window.page.title(), '(2) 着信 — 窓口 Madoguchi');
    expect(window.faults).toEqual([]);
  });
});

/** What this page let be heard and shown, counted where the browser is asked for it. */
async function listensTo(window: ConsoleWindow): Promise<() => Promise<{ tones: number; notes: string[] }>> {
  await window.page.addInitScript(() => {
    const heard = { tones: 0, notes: [] as string[] };
    Object.assign(globalThis, { heard });
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...given) {
      heard.tones += 1;
      return start.apply(this, given);
    };
    // This browser has no desktop: what would be shown there is counted, what is allowed is asked of it.
    const real = Notification;
    class Note extends EventTarget {
      static permission: NotificationPermission = 'default';

      static async requestPermission(): Promise<NotificationPermission> {
        Note.permission = await real.requestPermission();
        return Note.permission;
      }

      constructor(title: string, options?: NotificationOptions) {
        super();
        heard.notes.push(`${title} / ${options?.body}`);
      }

      close(): void {
        heard.notes.push('closed');
      }
    }
    Object.assign(globalThis, { Notification: Note });
    document.hasFocus = () => false;
    // Nor does it keep a page silent, as others do until somebody has pressed something in it.
    let pressed = false;
    addEventListener('pointerdown', () => (pressed = true), { capture: true });
    const { get } = Object.getOwnPropertyDescriptor(BaseAudioContext.prototype, 'state')!;
    Object.defineProperty(BaseAudioContext.prototype, 'state', {
      get(this: BaseAudioContext) {
        return pressed ? (get!.call(this) as AudioContextState) : 'suspended';
      },
    });
  });
  await window.page.reload();
  await window.ready();
  return () =>
    window.page.evaluate(() => (globalThis as unknown as { heard: { tones: number; notes: string[] } }).heard);
}

describe('an offer beyond the page', () => {
  it('is heard from one tab only, the one that may, again and again, and from none once it is switched off', async () => {
    const counter = await Counter.open(office, ['高橋 葵'], { offerSeconds: 60 });
    const aoi = counter.people[0]!;
    const pressed = await office.window(aoi, { path: '/' });
    const untouched = await office.secondTab(pressed, '/');
    const [inPressed, inUntouched] = [await listensTo(pressed), await listensTo(untouched)];
    await pressed.get('view-all').click();
    await pressed.get('view-mine').click();
    await counter.ready(aoi);
    await counter.caller('聞こえますか', '山田 花子');
    await new Offers(pressed).card.waitFor();
    await new Offers(untouched).card.waitFor();
    await expect.poll(async () => (await inPressed()).tones, { timeout: 25_000 }).toBeGreaterThanOrEqual(4);
    expect((await inUntouched()).tones).toBe(0);

    await untouched.get('user-menu').click();
    await untouched.get('offer-sound').click();
    await pressed.comesToShow(
      () => pressed.page.evaluate(() => JSON.parse(localStorage.getItem('madoguchi.preferences') ?? '{}').quietKinds),
      ['offer'],
    );
    await counter.caller('もう一人です', '鈴木 太郎');
    await new Offers(pressed).lines.waitFor();
    const { tones } = await inPressed();
    await untouched.page.keyboard.press('Escape');
    await new Offers(untouched).accepts();
    await new Offers(pressed).lines.waitFor({ state: 'detached' });
    expect((await inPressed()).tones).toBe(tones);
    expect([...pressed.faults, ...untouched.faults]).toEqual([]);
  });

  it('is silent until something was pressed, and says so with a button', async () => {
    const counter = await Counter.open(office, ['高橋 葵'], { offerSeconds: 60 });
    const aoi = counter.people[0]!;
    const window = await office.window(aoi, { path: '/' });
    const heard = await listensTo(window);
    await counter.ready(aoi);
    await counter.caller('聞こえますか', '山田 花子');
    await window.get('offers-muted').waitFor();
    expect((await heard()).tones).toBe(0);
    await window.get('offers-muted').getByRole('button').click();
    await expect.poll(async () => (await heard()).tones).toBeGreaterThanOrEqual(2);
    await window.get('offers-muted').waitFor({ state: 'detached' });
    expect(window.faults).toEqual([]);
  });

  it('shows on the desktop when that was asked for, without a word of the customer, and goes when it is over', async () => {
    const counter = await Counter.open(office, ['高橋 葵'], { offerSeconds: 60 });
    const aoi = counter.people[0]!;
    const window = await office.window(aoi, { path: '/' });
    await window.page.context().grantPermissions(['notifications'], { origin: window.url });
    const seen = await listensTo(window);
    await window.get('user-menu').click();
    await window.get('offer-desktop').click();
    await window.page.locator('[data-testid="offer-desktop"][aria-checked="true"]').waitFor();
    await window.get('offer-desktop-try').click();
    await expect.poll(async () => (await seen()).notes.length).toBe(1);
    await window.page.keyboard.press('Escape');
    await counter.ready(aoi);
    await counter.caller('秘密の番号は 1234 です', '山田 花子');
    await window.comesToShow(async () => (await seen()).notes.at(-1), `着信: 山田 花子 様 / ${counter.queue.name}`);
    await new Offers(window).declines('break');
    await window.comesToShow(async () => (await seen()).notes.at(-1), 'closed');
    expect((await seen()).notes.join()).not.toContain('1234');
    expect(window.faults).toEqual([]);
  });

  it('is refused by the browser: the menu says so, and nothing is switched on', async () => {
    const counter = await Counter.open(office, ['高橋 葵']);
    const window = await office.window(counter.people[0]!, { path: '/' });
    await window.get('user-menu').click();
    await window.get('offer-desktop').click();
    await window.get('signal-said').getByText('ブラウザーが通知を止めています').waitFor();
    expect(await window.get('offer-desktop').getAttribute('aria-checked')).toBe('false');
    expect(window.faults).toEqual([]);
  });
});

describe('the team’s list', () => {
  it('counts and says what is done with each contact, and tells who is in no queue that she is in none', async () => {
    const counter = await Counter.open(office, ['高橋 葵', '渡辺 蓮']);
    const [aoi, ren] = counter.people;
    const ids: string[] = [];
    for (const name of ['待ち 一', '対応 二', '保留 三', '予定 四']) {
      ids.push((await aoi!.conversationWith(await counter.caller('お願いします', name))).id);
    }
    const [waits, serves, held, snoozed] = ids as [string, string, string, string];
    for (const id of [serves, held, snoozed]) await counter.takes(ren!, id);
    await counter.does(ren!, 'hold', held);
    const window = await office.window(aoi!, { path: '/?view=queue' });
    await counter.does(ren!, 'snooze', snoozed, {
      until: new Date(Date.now() + 86_400_000).toISOString(),
      owner: 'me',
    });
    await window.comesToShow(standing(window, waits), '未担当');
    await window.comesToShow(standing(window, serves), '渡辺 蓮');
    await window.comesToShow(standing(window, held), '保留渡辺 蓮');
    await expect.poll(standing(window, snoozed)).toMatch(/^再対応 \d+\/\d+ \d\d:\d\d渡辺 蓮$/);
    expect(await window.row(waits).getByTestId('row-queue').textContent()).toBe(counter.queue.name);
    expect(await window.get('count-queue').textContent()).toBe('4');
    await picture(window, 'team');
    await ren!.closes(serves);
    await window.row(serves).waitFor({ state: 'detached' });
    await window.comesToShow(() => window.get('count-queue').textContent(), '3');

    const members = [{ agentId: ren!.view.id, rank: 1, delaySeconds: 0 }];
    await counter.admin.send('PATCH', `/api/queues/${counter.queue.id}`, { members });
    await window.page.getByText('窓口のメンバーではありません').waitFor();
    await window.comesToShow(() => window.get('count-queue').textContent(), '0');
    expect(window.faults).toEqual([]);
  });
});

describe('everybody can answer an offer', () => {
  it.each(looks)('at a %s, in %s, %s', async (place, locale, colorScheme, viewport) => {
    const name = (what: string) => `${what}-${place}-${colorScheme}-${locale}`;
    const counter = await Counter.open(office, ['高橋 葵', '渡辺 蓮'], { offerSeconds: 300, priority: 'urgent' });
    const [aoi, ren] = counter.people;
    const busy = (await aoi!.conversationWith(await counter.caller('領収書をください', '対応 中'))).id;
    const given = (await aoi!.conversationWith(await counter.caller('引っ越しました', '引継 花'))).id;
    await counter.takes(aoi!, busy);
    await counter.takes(ren!, given);
    const window = await office.window(aoi!, { colorScheme, viewport, preferences: { locale }, path: '/?view=queue' });
    const offers = new Offers(window);
    await counter.ready(aoi!);
    await counter.does(ren!, 'transfer', given, {
      agentId: aoi!.view.id,
      note: '住所の変更です。本人確認は済んでいます。',
    });
    await offers.card.waitFor();
    await counter.caller('カードをなくしました。すぐに止めてください。昨日の夜に駅で落としたようです。', '山田 花子');
    await offers.lines.waitFor();
    await offers.armed();
    expect(await window.overflow()).toBeLessThanOrEqual(0);
    await picture(window, name('transfer'));
    expect(await barriers(window, 'screen')).toEqual([]);

    await offers.lines.getByRole('button').first().click();
    await window.get('offer-priority').waitFor();
    await offers.armed();
    await window.opens(busy);
    await window.get('offer-preview').waitFor();
    expect(await window.overflow()).toBeLessThanOrEqual(0);
    await picture(window, name('offer'));
    expect(await barriers(window, 'screen')).toEqual([]);

    await window.get('decline-offer').click();
    await window.get('decline-busy').waitFor();
    await picture(window, name('reasons'));
    expect(await barriers(window, 'screen')).toEqual([]);
    await window.get('decline-other').click();
    await window.get('decline-note').waitFor();
    await picture(window, name('note'));
    expect(await barriers(window, 'screen')).toEqual([]);
    await window.get('decline-submit').click();
    await window.get('offer-from').waitFor();
    await window.get('user-menu').click();
    await window.get('offer-sound').waitFor();
    await picture(window, name('settings'));
    expect(await barriers(window, 'screen')).toEqual([]);
    expect(window.faults).toEqual([]);
  });
});
