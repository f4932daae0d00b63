import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AgentDesk } from '../support/agent-desk.js';
import type { Customer } from '../support/customer.js';
import { eventually } from '../support/eventually.js';
import { barriers } from './barriers.js';
import type { ConsoleWindow } from './console-window.js';
import { desktop, Office, phone } from './office.js';

let office: Office;
let boss: AgentDesk;
let customer: Customer;
let id: string;

beforeAll(async () => {
  office = await Office.open();
  boss = await office.agent({ name: '小林 美穂', role: 'supervisor' });
  ({ customer, id } = await office.caller(boss, 'カードをなくしました。https://example.jp/とても長い住所/です'));
  await boss.takes(id);
  await boss.posts(id, 'すぐに止めます。');
  await boss.notes(id, '前回も同じ件');
  await customer.received(1);
  await customer.sends({ location: { latitude: 35.68, longitude: 139.76, label: '東京駅' } });
  await customer.changesHandset({ plusMessage: false });
  await boss.posts(id, '届かないもの');
  await eventually(
    async () => (await boss.messages(id)).some(({ delivery }) => delivery?.state === 'failed'),
    'the message that does not arrive',
  );
  await customer.changesHandset({ plusMessage: true });
  await office.caller(boss, 'お待ちしています');
});
afterEach(() => office.closeWindows());
afterAll(() => office?.close());

describe.each(['light', 'dark'] as const)('everybody can use it, %s', (colorScheme) => {
  it('at a desk', async () => {
    const found: string[] = [];
    const options = { colorScheme, viewport: desktop };
    const outside = await office.emptyWindow(boss.url, options);
    await outside.goes('/');
    await outside.get('sign-in-form').waitFor();
    found.push(...(await barriers(outside, 'sign-in')));

    const window = await office.window(boss, { ...options, path: `/c/${id}?view=all` });
    await window.isOpen(id);
    await window.get('delivery-trouble').waitFor();
    expect(await window.page.locator('html').getAttribute('data-mantine-color-scheme')).toBe(colorScheme);
    found.push(...(await barriers(window, 'conversation')));
    await window.get('tab-note').click();
    for (const [opener, shown] of [
      ['user-menu', 'send-key'],
      ['close', 'close-confirm'],
      ['assign', 'assign-to'],
      ['start-conversation', 'start-form'],
      ['help', 'cheat-sheet'],
    ] as const) {
      await window.get(opener).click();
      await window.get(shown).first().waitFor();
      found.push(...(await barriers(window, shown, { within: '[role="dialog"], [role="menu"]' })));
      await window.page.keyboard.press('Escape');
      await window.get(shown).first().waitFor({ state: 'hidden' });
    }
    expect(found).toEqual([]);
  }, 90_000);

  it('on a phone', async () => {
    const found: string[] = [];
    const options = { colorScheme, viewport: phone, hasTouch: true, isMobile: true };
    const window = await office.window(boss, { ...options, path: '/?view=all' });
    found.push(...(await barriers(window, 'list')));
    await window.opens(id);
    await window.get('delivery-trouble').waitFor();
    found.push(...(await barriers(window, 'conversation')));
    for (const [opener, shown] of [
      ['more', 'give-back'],
      ['panel', 'contact-history'],
    ] as const) {
      await window.get(opener).click();
      await window.get(shown).first().waitFor();
      found.push(...(await barriers(window, shown, { within: '[role="dialog"], [role="menu"]' })));
      await window.page.keyboard.press('Escape');
      await window.get(shown).first().waitFor({ state: 'hidden' });
    }
    const handset = await office.handset(customer, options);
    await handset.bubble('すぐに止めます。', 'bot').waitFor();
    found.push(...(await barriers(handset, 'handset')));
    expect(found).toEqual([]);
  }, 90_000);
});

describe('on a phone', () => {
  it.each([390, 360])(
    'list, conversation, profile and back; one can write, and nothing hangs over (%i)',
    async (width) => {
      const window = await office.window(boss, {
        viewport: { width, height: 780 },
        hasTouch: true,
        isMobile: true,
        path: '/?view=all',
      });
      const { page } = window;
      const fits = async (where: string) =>
        expect({ where, over: await overhang(window) }).toEqual({ where, over: [] });
      await fits('list');
      expect(await window.get('conversation').count()).toBe(0);
      await window.row(id).tap();
      await window.isOpen(id);
      expect(await window.get('conversation-list').isVisible()).toBe(false);
      await window.get('delivery-trouble').waitFor();
      await fits('conversation');
      await window.field.tap();
      await window.field.fill(`${width} の画面から\n二行目\n三行目`);
      await fits('writing');
      await window.get('send').tap();
      await window
        .message(`${width} の画面から`)
        .and(page.locator('[data-delivery="delivered"], [data-delivery="read"]'))
        .waitFor();
      await window.get('panel').tap();
      await page.getByRole('dialog').getByTestId('contact-history').waitFor();
      await fits('profile');
      await page.getByRole('dialog').getByRole('button', { name: '閉じる' }).tap();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await window.get('back').tap();
      await window.row(id).waitFor();
      expect(await window.get('conversation').count()).toBe(0);
      expect(new URL(page.url()).pathname).toBe('/');
      await page.goBack();
      await window.isOpen(id);
      await page.setViewportSize({ width: 780, height: width });
      await fits('lying');
      expect(window.faults).toEqual([]);
    },
  );
});

describe("a customer's panel", () => {
  it.each(['ja', 'en'] as const)(
    'keeps the same distance between all its rows, and one left edge (%s)',
    async (locale) => {
      const window = await office.window(boss, { preferences: { locale }, path: `/c/${id}?view=all` });
      await window.isOpen(id);
      const details = window.get('customer-details');
      await details.getByTestId('customer-language').waitFor();
      const beside = await panelLines(details);
      expect(beside.gaps).toHaveLength(4);
      expect(Math.max(...beside.gaps) - Math.min(...beside.gaps)).toBeLessThanOrEqual(1);
      expect(new Set(beside.lefts).size).toBe(1);

      await window.page.setViewportSize({ width: 1000, height: 900 });
      await window.get('panel').click();
      const drawer = window.page.getByRole('dialog');
      await drawer.getByTestId('customer-language').waitFor();
      const within = await panelLines(drawer.getByTestId('customer-details'));
      expect(Math.max(...within.gaps) - Math.min(...within.gaps)).toBeLessThanOrEqual(1);
      const title = await drawer.getByRole('heading', { level: 2 }).first().evaluate(leftOf);
      for (const left of within.lefts) expect(Math.abs(left - title)).toBeLessThanOrEqual(0.5);
    },
  );
});

function leftOf(element: Element): number {
  const range = document.createRange();
  range.selectNodeContents(element);
  return range.getBoundingClientRect().left;
}

/** Between a value and the next label, as the letters stand; and where labels begin. */
function panelLines(panel: Locator): Promise<{ gaps: number[]; lefts: number[] }> {
  return panel.evaluate((element) => {
    const boxOf = (part: Element): DOMRect => {
      // Of a list of choices there is nothing inside to measure.
      if (part instanceof HTMLSelectElement) return part.getBoundingClientRect();
      const range = document.createRange();
      range.selectNodeContents(part);
      return range.getBoundingClientRect();
    };
    const valueOf = (label: Element) => {
      const value = label.nextElementSibling ?? label.closest('label')!.nextElementSibling!;
      return value.querySelector('span') ?? value;
    };
    const labels = [...element.querySelectorAll('small, dt')].filter(
      (label) => !label.closest('section ol, [role="status"]'),
    );
    const lines = labels.map((label) => ({ label: boxOf(label), value: boxOf(valueOf(label)) }));
    const gaps = lines
      .slice(1)
      .map(({ label }, place) => Math.round((label.top - lines[place]!.value.bottom) * 10) / 10);
    return { gaps, lefts: lines.map(({ label }) => label.left) };
  });
}

/** Elements that stick out of the screen at its right edge, and the screen itself if it can be pushed sideways. */
function overhang({ page }: ConsoleWindow): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const found = root.scrollWidth > innerWidth ? [`the page is ${root.scrollWidth} wide on ${innerWidth}`] : [];
    for (const element of document.querySelectorAll<HTMLElement>('#root *, [role="dialog"] *')) {
      const { right, width, height } = element.getBoundingClientRect();
      const hidden = width <= 1 || height <= 1 || !element.checkVisibility();
      if (!hidden && right > innerWidth + 1) found.push(`${element.outerHTML.slice(0, 120)} reaches ${right}`);
    }
    return found;
  });
}
