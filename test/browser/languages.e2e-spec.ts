import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../client/src/i18n/en.js';
import { ja } from '../../client/src/i18n/ja.js';
import { PASSWORD } from '../support/world.js';
import { Office } from './office.js';

let office: Office;

beforeAll(async () => {
  office = await Office.open();
});
afterEach(() => office.closeWindows());
afterAll(() => office?.close());

/** What people wrote, in the language of the screen: whatever speaks another one there is the screen's own fault. */
const data = {
  ja: {
    account: '港銀行',
    agent: '青木',
    colleague: '石田',
    names: ['緑川', '黒田', '白井'],
    hello: 'こんにちは',
    reply: '承りました',
    note: '要確認',
    press: 'はい',
    place: '東京駅',
  },
  en: {
    account: 'Harbour Bank',
    agent: 'Ann',
    colleague: 'Ben',
    names: ['Ms Green', 'Mr Black', 'Ms White'],
    hello: 'Good day',
    reply: 'Thank you',
    note: 'To be checked',
    press: 'Fine',
    place: 'Station',
  },
};

describe.each(['ja', 'en'] as const)('in %s', (locale) => {
  it('every state of the console speaks that language and no other', async () => {
    const words = data[locale];
    const account = await office.world.account(office.world.first, words.account);
    const boss = await office.world.agent(account, { name: words.agent, role: 'supervisor', locale });
    await office.world.agent(account, { name: words.colleague, locale });
    const window = await office.emptyWindow(boss.url, { ahead: true, locale: locale === 'ja' ? 'ja-JP' : 'en-GB' });
    const { page } = window;
    const complaints: string[] = [];
    const state = async (name: string): Promise<void> => {
      for (const piece of await spoken(page)) {
        const why = foreign(piece, locale);
        if (why) complaints.push(`${name}: ${why} “${piece}”`);
      }
    };

    await window.goes('/?view=all');
    await window.get('sign-in-form').waitFor();
    await state('sign-in');
    await window.get('sign-in-submit').click();
    await page.locator('[aria-invalid="true"]').first().waitFor();
    await state('sign-in, nothing entered');
    await window.signsIn(boss.view.email, 'not the password');
    await window.get('sign-in-error').waitFor();
    await state('sign-in, refused');
    await window.signsIn(boss.view.email, PASSWORD);
    await window.ready();
    for (const view of ['all', 'unassigned', 'mine']) {
      await window.get(`view-${view}`).click();
      await window.get('list-empty').waitFor();
      await state(`nobody in ${view}`);
    }
    await window.get('view-all').click();

    const customers = [];
    for (const name of words.names) {
      const customer = await office.world.customer(account);
      await customer.writes(words.hello);
      const row = await boss.conversationWith(customer);
      await boss.send('PATCH', `/api/customers/${row.customer.id}`, { name });
      customers.push({ customer, id: row.id });
    }
    const hidden = await office.world.customer(account, { anonymous: true });
    await hidden.writes(words.hello);
    await window.comesToShow(() => window.get('conversation-row').count(), 4);
    await customers[1]!.customer.types(true);
    await window.get('row-typing').waitFor();
    await state('the list');
    await window.get('order').click();
    await window.get('order-newest').waitFor();
    await state('the order of the list');
    await page.keyboard.press('Escape');
    await window.get('start-conversation').click();
    await window.get('start-form').waitFor();
    await state('starting a conversation');
    await page.locator('[data-testid="start-form"] input').first().fill('12');
    await page.locator('[data-testid="start-form"] button[type="submit"]').click();
    await page.locator('[aria-invalid="true"]').waitFor();
    await state('a number that is none');
    await page.keyboard.press('Escape');

    const { customer, id } = customers[0]!;
    await window.opens(id);
    await window.get('take').waitFor();
    await state('a conversation nobody has');
    await window.get('assign').click();
    await window.get('assign-to').first().waitFor();
    await state('whom to assign it to');
    await page.keyboard.press('Escape');
    await window.get('take').click();
    await window.field.waitFor();
    await window.writes(words.reply);
    await customer.received(1);
    await customer.presses(words.press, 'x');
    await customer.sends({ location: { latitude: 35.68, longitude: 139.76, label: words.place } });
    await customer.sends({ location: { latitude: 35.68, longitude: 139.76 } });
    await customer.sends({ media: { name: 'a.png', mimeType: 'image/png', base64: PIXEL } });
    await customer.sends({ media: { name: 'a.pdf', mimeType: 'application/pdf', base64: PDF } });
    await window.thread.locator('img').waitFor();
    await customer.types(true);
    await window.get('typing').locator('span').first().waitFor();
    await state('a conversation of mine');
    await window.get('transfer').click();
    await window.get('transfer-person').first().waitFor();
    await state('whom to hand it over to');
    await window.get('transfer-submit').click();
    await state('nobody chosen');
    await page.keyboard.press('Escape');
    await window.get('snooze').click();
    await window.get('snooze-moment').fill('2020-01-01T09:00');
    await window.get('snooze-submit').click();
    await state('a time that has passed');
    await page.keyboard.press('Escape');
    await window.get('snooze-form').waitFor({ state: 'detached' });
    await window.get('hold').click();
    await window.get('strip-held').waitFor();
    await window.get('more').click();
    await window.get('reasons').waitFor();
    await state('on hold, and what else can be done');
    await window.get('reasons').click();
    await window.get('reasons-panel').waitFor();
    await state('why it is mine');
    await page.keyboard.press('Escape');
    await window.get('reasons-panel').waitFor({ state: 'detached' });
    await window.get('resume-contact').click();
    await window.get('strip-held').waitFor({ state: 'detached' });
    await window.get('tab-note').click();
    await state('a note');
    await window.writes(words.note);
    await page.locator('[data-kind="note"][data-message-seq]').waitFor();
    await state('a note that was kept');
    await window.get('tab-reply').click();
    await window.field.fill('あ'.repeat(2731));
    await window.get('too-long').waitFor();
    await window.field.evaluate((field) => field.setAttribute('data-written', ''));
    await state('too long a reply');
    await window.field.fill('');
    await customer.changesHandset({ plusMessage: false });
    await window.writes(words.reply.repeat(2));
    await window.get('delivery-trouble').waitFor();
    await state('a message that did not arrive');
    await window.get('check-reachability').click();
    await page.locator('[data-testid="reachability"][data-state]').waitFor();
    await state('out of reach');
    await page.locator('aside [aria-label]').first().click();
    await state('editing the customer');
    await page.keyboard.press('Escape');

    await page.getByTestId('help').click();
    await window.get('cheat-sheet').waitFor();
    await state('the keys');
    await page.keyboard.press('Escape');
    await window.get('cheat-sheet').waitFor({ state: 'detached' });
    await window.get('user-menu').click();
    await window.get('send-key').waitFor();
    await state('the menu');
    await page.keyboard.press('Escape');
    await page.getByTestId('theme').click();
    await page.getByRole('menuitemradio').first().waitFor();
    await state('light and dark');
    await page.keyboard.press('Escape');
    await customer.changesHandset({ plusMessage: true });
    await customer.writes(words.hello);
    await window.get('close').click();
    await window.get('close-confirm').waitFor();
    await state('closing');
    await window.get('close-confirm').click();
    await page.locator('[data-testid="reply-gate"][data-why="closed"]').waitFor();
    await state('closed');

    await boss.send('POST', `/api/conversations/${customers[1]!.id}/assign`, { agentId: boss.view.id });
    await window.opens(customers[1]!.id);
    await window.field.waitFor();
    await window.isCut();
    await window.get('banner').waitFor();
    await window.writes(words.reply);
    await page.locator('[data-delivery="sending"] [data-state="waiting"]').waitFor();
    await state('cut off');
    await window.get('user-menu').click();
    await window.get('sign-out').click();
    const { unsentTitle, unsentConfirm } = (locale === 'ja' ? ja : en).menu;
    const dialog = page.getByRole('dialog', { name: unsentTitle });
    await dialog.waitFor();
    await state('leaving what is not sent');
    await dialog.getByRole('button', { name: unsentConfirm }).click();
    await window.get('notices').locator('div').first().waitFor();
    await state('what could not be done');
    await page.keyboard.press('Escape');
    await window.comesBack();
    await window.online();
    await customers[1]!.customer.received(1);

    await window.goes('/c/999999');
    await window.get('not-found').waitFor();
    await state('a conversation that does not exist');
    expect(complaints).toEqual([]);
    expect(window.faults).toEqual([]);
  }, 90_000);
});

describe('the scan itself', () => {
  it('hears a foreign sentence, a raw key, and a word of the other catalogue', () => {
    expect(foreign('未担当', 'en')).not.toBeNull();
    expect(foreign('list.unassigned', 'ja')).not.toBeNull();
    expect(foreign('Unassigned', 'ja')).not.toBeNull();
    expect(foreign('With 青木', 'ja')).not.toBeNull();
    expect(foreign('Scroll to top', 'ja')).not.toBeNull();
    expect(foreign('{{name}} 様', 'ja')).not.toBeNull();
    for (const fine of ['窓口', 'Ctrl+Enter で送信', 'Caps Lock がオンになっています。', '14:05']) {
      expect(foreign(fine, 'ja')).toBeNull();
    }
    for (const fine of ['窓口 Madoguchi', '日本語', 'Ms Green', '2m 3s']) expect(foreign(fine, 'en')).toBeNull();
  });
});

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const PDF = Buffer.from('%PDF-1.4\n%%EOF\n').toString('base64');

/** Everything a person sees or a screen reader says, apart from what the carrier said and what is being written. */
function spoken(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const pieces = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement?.closest('script, style, noscript, textarea')) pieces.push(node.textContent ?? '');
    }
    const names = ['aria-label', 'placeholder', 'title', 'alt', 'aria-roledescription', 'aria-valuetext'];
    for (const element of document.querySelectorAll(names.map((name) => `[${name}]`).join(','))) {
      for (const name of names) {
        // What the carrier said of a failure stays as it was said.
        if (name === 'title' && element.closest('[data-testid="delivery-trouble"]')) continue;
        pieces.push(element.getAttribute(name) ?? '');
      }
    }
    return [...new Set(pieces.map((piece) => piece.trim()).filter((piece) => piece !== ''))];
  });
}

type Tree = { readonly [key: string]: string | Tree };

function leaves(tree: Tree, path = ''): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'string' ? [[`${path}${name}`, value] as [string, string]] : leaves(value, `${path}${name}.`),
  );
}

const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}、。「」]/u;
const keys = new Set(leaves(ja).map(([key]) => key));
/** English texts as patterns. The product's own name is no English, and a mere placeholder says nothing. */
const english = leaves(en)
  .map(([, text]) => text)
  .filter((text) => !text.includes('Madoguchi') && /[A-Za-z]{3}/.test(text.replaceAll(/\{\{\w+\}\}/g, '')))
  .map((text) => new RegExp(`(^|[^A-Za-z])${pattern(text)}($|[^A-Za-z])`));

function pattern(text: string): string {
  return text
    .split(/\{\{\w+\}\}/)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.+');
}

/** Why a piece of text does not belong on a screen in this language, or null. */
function foreign(piece: string, locale: 'ja' | 'en'): string | null {
  if (piece.includes('{{')) return 'a hole that was not filled in';
  if (keys.has(piece) || /^[a-z]\w+\.[a-z]\w+\.[a-z]\w+$/i.test(piece)) return 'the key of a text instead of the text';
  if (locale === 'en') {
    return japanese.test(piece.replaceAll('窓口', '').replaceAll('日本語', '')) ? 'Japanese' : null;
  }
  // Two words in a row are a sentence, whether or not a catalogue knows it.
  const sentence = /[A-Za-z]{2,} [a-z]{2,}/.test(piece);
  return piece !== 'English' && (sentence || english.some((text) => text.test(piece))) ? 'English' : null;
}
