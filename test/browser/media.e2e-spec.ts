import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { film } from '../support/films.js';
import { drawing, photograph } from '../support/pictures.js';
import { postsContent, Uploading } from '../support/uploading.js';
import { barriers } from './barriers.js';
import type { ConsoleWindow } from './console-window.js';
import { looks } from './looks.js';
import { Office } from './office.js';

/** To look at what people see: a directory for pictures. */
const pictures = process.env['TEST_PICTURES'];
const PIECE = 2 * 1024 * 1024;

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
afterEach(() => office.closeWindows());
afterAll(() => office?.close());

const picture = async (window: ConsoleWindow, name: string) => {
  if (pictures) await window.page.screenshot({ path: `${pictures}/${name}.png` });
};

const item = (window: ConsoleWindow, name: string) => window.get('tray-item').filter({ hasText: name });

describe('a file in the composer', () => {
  it('is attached by keyboard, shows what the server has, outlives a cut line and another conversation, and arrives', async () => {
    const aoi = await office.agent();
    const { customer, id } = await office.caller(aoi, '動画をください');
    const { id: other } = await office.caller(aoi, '別の件です');
    await aoi.takes(id);
    const window = await office.window(aoi, { path: `/c/${id}?view=all` });
    const { page } = window;
    await window.isOpen(id);
    const bytes = film(5 * PIECE + 1000);

    // So many pieces are there, and the next one is under way, when the line is cut.
    const held = (pieces: number): Promise<void> =>
      new Promise((reached) => {
        void page.route('**/api/uploads/*', async (route) => {
          if (route.request().headers()['upload-offset'] === String(pieces * PIECE)) return reached();
          await route.continue();
        });
      });
    const twoPieces = held(2);
    await window.field.focus();
    const chooser = page.waitForEvent('filechooser');
    for (let stops = 0; stops < 6; stops += 1) {
      await page.keyboard.press('Tab');
      if (await window.get('attach').evaluate((button) => button === document.activeElement)) break;
    }
    await page.keyboard.press('Enter');
    await (
      await chooser
    ).setFiles([
      { name: '説明.mp4', mimeType: 'video/mp4', buffer: bytes },
      { name: '偽物.png', mimeType: 'image/png', buffer: Buffer.from('<!doctype html><script>1</script>') },
    ]);
    await window.field.fill('動画をお送りします');
    await twoPieces;
    const clip = item(window, '説明.mp4');
    expect(await clip.getAttribute('data-received')).toBe(String(2 * PIECE));
    expect(await clip.innerText()).toContain('4.0 MB / 10.0 MB(39%)');
    await picture(window, 'tray-sending');
    await window.isCut();
    await page.unroute('**/api/uploads/*');
    await clip.and(page.locator('[data-state="cut"]')).waitFor();
    expect(await clip.getAttribute('data-received')).toBe(String(2 * PIECE));
    await picture(window, 'tray-cut');
    const fourPieces = held(4);
    await window.comesBack();
    await fourPieces;
    expect(await clip.getAttribute('data-received')).toBe(String(4 * PIECE));
    await window.isCut();
    await page.unroute('**/api/uploads/*');
    await clip.and(page.locator('[data-state="cut"]')).waitFor();
    await window.comesBack();
    await window.online();
    await window.opens(other);
    expect(await window.get('tray').count()).toBe(0);
    await window.opens(id);
    await clip.and(page.locator('[data-state="ready"]')).waitFor();
    const false_ = item(window, '偽物.png');
    await false_.and(page.locator('[data-state="refused"]')).waitFor();
    expect(await false_.innerText()).toContain('中身は HTML です');
    await picture(window, 'tray-ready');

    await window.field.press('Control+Enter');
    const [first, second] = await customer.received(2);
    expect(first!.content).toMatchObject({ type: 'media', mimeType: 'video/mp4', size: bytes.length });
    expect(second!.content).toMatchObject({ type: 'text', text: '動画をお送りします' });
    const { url } = first!.content as unknown as { url: string };
    const arrived = await (await fetch(new URL(url, office.world.simulator.url))).arrayBuffer();
    const sha = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');
    expect(sha(new Uint8Array(arrived))).toBe(sha(bytes));
    // What was refused stays above the field until it is taken away.
    await window.comesToShow(() => window.get('tray-item').count(), 1);
    await window.get('tray-remove').click();
    await window.comesToShow(() => window.get('tray-item').count(), 0);
    expect(window.faults).toEqual([]);
  });
});

describe('files, places and stickers', () => {
  it.each(looks)('are shown well: %s, %s, %s', async (where, locale, theme, viewport) => {
    const aoi = await office.agent();
    const { customer, id } = await office.caller(aoi, '写真です', {});
    await aoi.takes(id);
    const photo = (await photograph(900, 600)).toString('base64');
    await customer.sends({ media: { name: '控え.jpg', mimeType: 'image/jpeg', base64: photo } });
    const fake = Buffer.from('<html>').toString('base64');
    await customer.sends({ media: { name: '壊れた.png', mimeType: 'image/png', base64: fake } });
    const card = Buffer.from('BEGIN:VCARD\r\nVERSION:3.0\r\nFN:山田 花子\r\nTEL:090-0000-0001\r\nEND:VCARD').toString(
      'base64',
    );
    await customer.sends({ media: { name: '花子.vcf', mimeType: 'text/vcard', base64: card } });
    await customer.sends({ location: { latitude: 35.681236, longitude: 139.767125, label: '東京駅' } });
    for (const [name, type, make] of [
      ['ご案内.png', 'image/png', () => drawing(1200, 700)],
      ['ご契約.pdf', 'application/pdf', () => Buffer.from(`%PDF-1.4\n${' '.repeat(2000)}\n%%EOF`)],
    ] as const) {
      const upload = await Uploading.of(aoi, name, type, await make());
      expect((await upload.whole()).state).toBe('ready');
      await postsContent(aoi, id, { type: 'media', uploadId: upload.id });
    }
    await postsContent(aoi, id, { type: 'sticker', sticker: 'thanks' });
    await customer.received(3);
    await eventually(
      async () =>
        (await aoi.messages(id)).every(({ content }) => content.type !== 'media' || content.state !== 'preparing'),
      'every file',
    );
    const window = await office.window(aoi, {
      path: `/c/${id}?view=all`,
      viewport,
      colorScheme: theme,
      preferences: { locale },
      ready: where === 'desk',
    });
    const { page } = window;
    const name = (part: string) => `${part}-${where}-${locale}-${theme}`;
    await window.isOpen(id).catch(() => undefined);
    await window.get('media-picture').last().waitFor();
    await window.comesToShow(
      () =>
        page
          .locator('[data-testid="media-picture"] img')
          .evaluateAll((all) => all.every((img) => (img as HTMLImageElement).complete)),
      true,
    );
    await picture(window, name('thread'));
    expect(await window.overflow()).toBeLessThanOrEqual(0);

    await window.get('media-picture').last().press('Enter');
    const viewer = page.getByRole('dialog');
    await viewer.locator('img').waitFor();
    expect(await viewer.innerText()).toContain('2 / 2');
    await page.keyboard.press('ArrowLeft');
    await viewer.getByText('1 / 2').waitFor();
    await page.keyboard.press('+');
    await viewer.locator('img[data-zoomed]').waitFor();
    await picture(window, name('viewer'));
    expect(await barriers(window, name('viewer'))).toEqual([]);
    await page.keyboard.press('Escape');
    await viewer.waitFor({ state: 'detached' });

    await window.get('sticker').click();
    await window.get('sticker-choice').nth(1).waitFor();
    await picture(window, name('stickers'));
    await window.get('sticker-choice').nth(1).press('Enter');
    await window.get('place-tool').click();
    await window.get('place-where').fill('https://www.google.com/maps/@35.681236,139.767125,17z');
    await window.get('place-label').fill('東京駅 丸の内口');
    await picture(window, name('place'));
    await window.get('place-where').press('Enter');
    await window.comesToShow(() => window.get('tray-item').count(), 2);
    await picture(window, name('tray'));
    expect(await barriers(window, name('thread and tray'))).toEqual([]);
    await window.field.press('Control+Enter');
    const shown = await customer.received(5);
    expect(shown.slice(3).map(({ content }) => content.type)).toEqual(['media', 'location']);
    expect(window.faults).toEqual([]);
  });
});
