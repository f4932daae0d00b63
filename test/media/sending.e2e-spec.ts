import { createHash, randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileLimits, type MediaContent } from '#libs/contracts/index.js';
import { Uploads } from '../../libs/conversations/media/uploads.service.js';
import { MediaCleaning } from '../../libs/conversations/media/media-cleaning.js';
import type { AgentDesk } from '../support/agent-desk.js';
import { eventually } from '../support/eventually.js';
import { film, PLACE } from '../support/films.js';
import { Line } from '../support/line.js';
import { bomb, drawing, photograph } from '../support/pictures.js';
import { postsContent, Uploading } from '../support/uploading.js';
import { World, type OfficialAccount } from '../support/world.js';

let world: World;
let account: OfficialAccount;
let aoi: AgentDesk;
let ren: AgentDesk;

beforeAll(async () => {
  world = await World.open();
  account = await world.account();
  [aoi, ren] = await Promise.all([world.agent(account), world.agent(account, { name: '蓮' })]);
});
afterAll(() => world?.close());

const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const get = async (url: string, desk = aoi, headers: Record<string, string> = {}) =>
  fetch(url, { headers: { cookie: desk.cookie, ...headers } });
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

async function caller() {
  const customer = await world.customer(account);
  await customer.writes('写真を送ってください');
  const { id } = await aoi.conversationWith(customer);
  return { customer, id };
}

describe('a file of an agent', () => {
  it('of 100 MB, its line cut twice, comes to the handset whole, and back again', async () => {
    const bytes = film(fileLimits.bytes);
    const { customer, id } = await caller();
    const line = await Line.to(world.first.url);
    try {
      const upload = await Uploading.of(aoi, '説明.mp4', 'video/mp4', bytes, line.url);
      let from = 0;
      for (const cutAt of [0.3, 0.7]) {
        const piece = upload.piece(from).then(
          () => 'arrived',
          () => 'cut',
        );
        const enough = Math.floor(bytes.length * cutAt);
        await eventually(async () => (await upload.view(aoi.at(world.first.url))).received >= enough, 'a part of it');
        line.cut();
        expect(await piece).toBe('cut');
        from = await upload.offset();
        expect(from).toBeGreaterThanOrEqual(enough);
        expect(from).toBeLessThan(bytes.length);
        expect((await upload.view()).received).toBe(from);
      }
      expect((await upload.piece(from)).status).toBe(204);
      expect(await upload.settled()).toMatchObject({ state: 'ready', mimeType: 'video/mp4', size: bytes.length });

      const posted = await postsContent(aoi, id, { type: 'media', uploadId: upload.id });
      expect(posted.status).toBe(201);
      expect(posted.body.content).toMatchObject({ seconds: 12, width: 640, height: 360 });
      const [shown] = await customer.received(1);
      const content = shown!.content as unknown as { url: string; size: number; name: string };
      expect(content).toMatchObject({ name: '説明.mp4', size: bytes.length });
      const atHandset = await bytesOf(await fetch(new URL(content.url, world.simulator.url)));
      expect(sha(atHandset)).toBe(sha(bytes));
      await customer.reads();
      await eventually(
        async () => (await aoi.messages(id)).some((message) => message.delivery?.state === 'read'),
        'the read mark',
      );

      const form = new FormData();
      form.set('botId', account.botId);
      form.set('file', new Blob([new Uint8Array(atHandset)], { type: 'video/mp4' }), '返送.mp4');
      const sent = await fetch(`${world.simulator.url}/handsets/${encodeURIComponent(customer.phone)}/messages`, {
        method: 'POST',
        body: form,
      });
      expect(sent.status).toBe(201);
      const back = await eventually(async () => {
        const found = (await aoi.messages(id)).find((message) => message.author.kind === 'customer' && message.seq > 2);
        return (found?.content as MediaContent | undefined)?.state === 'ready' && (found!.content as MediaContent);
      }, 'our copy of it');
      expect(back).toMatchObject({ size: bytes.length, width: 640, height: 360 });
      expect(sha(await bytesOf(await get(`${aoi.url}/api/media/${back.mediaId}`)))).toBe(sha(bytes));
    } finally {
      await line.close();
    }
    // Eight times a hundred megabytes through one process: quick alone, slow beside others.
  }, 60_000);

  it('belongs to her: a colleague can neither see it nor go on with it nor send it', async () => {
    const { id } = await caller();
    const upload = await Uploading.of(aoi, 'a.png', 'image/png', await drawing());
    for (const method of ['HEAD', 'GET', 'DELETE']) expect((await upload.call(method, ren)).status).toBe(404);
    expect((await upload.piece(0, undefined, ren)).status).toBe(404);
    expect(await upload.whole()).toMatchObject({ state: 'ready' });
    expect((await postsContent(ren, id, { type: 'media', uploadId: upload.id })).status).toBe(404);
    expect((await fetch(`${aoi.url}/api/uploads/${upload.id}`)).status).toBe(401);
    expect((await upload.call('DELETE')).status).toBe(204);
    expect((await upload.call('HEAD')).status).toBe(404);
  });

  it('is sent once, however often it is asked for', async () => {
    const { customer, id } = await caller();
    const upload = await Uploading.of(aoi, 'a.png', 'image/png', await drawing());
    const early = await postsContent(aoi, id, { type: 'media', uploadId: upload.id });
    expect(early).toMatchObject({ status: 409, body: { error: { code: 'upload_not_ready' } } });
    await upload.whole();
    const clientId = randomUUID();
    const content = { type: 'media', uploadId: upload.id };
    expect((await postsContent(aoi, id, content, clientId)).status).toBe(201);
    expect((await postsContent(aoi, id, content, clientId)).status).toBe(200);
    expect((await postsContent(aoi, id, content)).body.error.code).toBe('upload_used');
    expect((await upload.call('DELETE')).status).toBe(409);
    const [shown] = await customer.received(1);
    expect(shown!.content).toMatchObject({ type: 'media', mimeType: 'image/png', name: 'a.png' });
    const { thumbnailUrl } = shown!.content as { thumbnailUrl?: string };
    const small = await bytesOf(await fetch(new URL(thumbnailUrl!, world.simulator.url)));
    expect((await sharp(small).metadata()).format).toBe('jpeg');
  });

  it('loses where and with what it was taken, and is stood upright', async () => {
    const { id } = await caller();
    const photo = await photograph(600, 400);
    expect((await sharp(photo).metadata()).exif).toBeDefined();
    const upload = await Uploading.of(aoi, '写真.jpg', 'image/jpeg', photo);
    expect(await upload.whole()).toMatchObject({ state: 'ready' });
    const { body } = await postsContent(aoi, id, { type: 'media', uploadId: upload.id });
    const { mediaId, width, height } = body.content as MediaContent;
    expect([width, height]).toEqual([400, 600]);
    const sent = await bytesOf(await get(`${aoi.url}/api/media/${mediaId}`));
    const { exif, width: w, height: h, orientation } = await sharp(sent).metadata();
    expect([exif, w, h, orientation ?? 1]).toEqual([undefined, 400, 600, 1]);
    expect(sent.includes('Kamera')).toBe(false);

    const bytes = film(50_000, { place: true });
    expect(bytes.includes(PLACE)).toBe(true);
    const clip = await Uploading.of(aoi, 'clip.mp4', 'video/mp4', bytes);
    await clip.whole();
    const posted = await postsContent(aoi, id, { type: 'media', uploadId: clip.id });
    const stored = await bytesOf(await get(`${aoi.url}/api/media/${(posted.body.content as MediaContent).mediaId}`));
    expect(stored.length).toBe(bytes.length);
    expect(stored.includes('udta')).toBe(false);
  });

  it.each<[string, string, () => Buffer | Promise<Buffer>, string, string | null]>([
    ['page.png', 'image/png', () => Buffer.from('<!DOCTYPE html><script>alert(1)</script>'), 'typeMismatch', 'HTML'],
    ['page.html', 'text/html', () => Buffer.from('<html><body>x'), 'typeNotAllowed', 'HTML'],
    [
      'logo.svg',
      'image/svg+xml',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'typeNotAllowed',
      'SVG',
    ],
    ['movie.mp4', 'video/mp4', () => drawing(), 'typeMismatch', 'PNG'],
    ['bomb.png', 'image/png', () => bomb(30_000, 30_000), 'tooManyPixels', null],
    ['half.jpg', 'image/jpeg', async () => (await photograph()).subarray(0, 300), 'broken', null],
  ])('%s (%s) is refused, and it is said why', async (name, type, make, refusal, found) => {
    const bytes = await make();
    const before = process.memoryUsage.rss();
    const upload = await Uploading.of(aoi, name, type, bytes);
    expect(await upload.whole()).toMatchObject({ state: 'refused', refusal, found });
    // Unpacked, the bomb would take 3.6 GB; this process also runs the tests, whose own heap comes and goes.
    expect(process.memoryUsage.rss() - before).toBeLessThan(300 * 1024 * 1024);
    const { id } = await caller();
    const { status, body } = await postsContent(aoi, id, { type: 'media', uploadId: upload.id });
    expect([status, body.error.code, body.error.fields?.[0]?.rule]).toEqual([400, 'file_refused', refusal]);
    const left = (await readdir(join(world.dataDir, 'uploads'))).filter((file) => file.startsWith(upload.id));
    expect(left).toEqual([]);
  });

  it('that is too large, empty or without a name is refused before a byte is taken', async () => {
    const begins = (file: object) =>
      Uploading.begins(aoi, { name: 'a.mp4', type: 'video/mp4', size: 10, ...file }).then(async (answer) => ({
        status: answer.status,
        error: ((await answer.json()) as { error: { code: string; fields: object[] } }).error,
      }));
    const large = await begins({ size: fileLimits.bytes + 1 });
    expect(large).toMatchObject({
      status: 413,
      error: { code: 'file_too_large', fields: [{ limit: fileLimits.bytes, actual: fileLimits.bytes + 1 }] },
    });
    expect(await begins({ size: 0 })).toMatchObject({ status: 400, error: { fields: [{ field: 'Upload-Length' }] } });
    for (const name of ['', 'a\nb.png', 'x'.repeat(201)]) {
      expect(await begins({ name })).toMatchObject({
        status: 400,
        error: { fields: [{ field: 'Upload-Metadata.filename' }] },
      });
    }
  });

  it('is served in parts, to whoever may read the conversation and to nobody else', async () => {
    const other = await world.agent(await world.account(), { name: '他' });
    const { id } = await caller();
    const bytes = film(20_000);
    const upload = await Uploading.of(aoi, 'v.mp4', 'video/mp4', bytes);
    await upload.whole();
    const { body } = await postsContent(aoi, id, { type: 'media', uploadId: upload.id });
    const url = `${aoi.url}/api/media/${(body.content as MediaContent).mediaId}`;
    const part = await get(url, aoi, { range: 'bytes=100-199' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 100-199/20000']);
    expect((await bytesOf(part)).equals(bytes.subarray(100, 200))).toBe(true);
    expect((await get(url, aoi, { range: 'bytes=20000-' })).status).toBe(416);
    expect((await get(url, aoi, { 'if-none-match': part.headers.get('etag')! })).status).toBe(304);
    expect((await get(url, other)).status).toBe(404);
    expect((await fetch(url)).status).toBe(401);
    expect((await get(`${url}/small`)).status).toBe(404);
    expect((await fetch(`${aoi.url}/media/1.whole.zzzzzz.${'a'.repeat(43)}/x`)).status).toBe(404);
  });

  it('that nobody sends goes after a day, and a file without a row at night', async () => {
    const soon = () => new Date(Date.now() + 1000);
    const { id } = await caller();
    const [sent, left] = await Promise.all([
      Uploading.of(aoi, 'sent.png', 'image/png', await drawing()),
      Uploading.of(aoi, 'left.png', 'image/png', await drawing()),
    ]);
    await Promise.all([sent.whole(), left.whole()]);
    const { body } = await postsContent(aoi, id, { type: 'media', uploadId: sent.id });
    const url = `${aoi.url}/api/media/${(body.content as MediaContent).mediaId}`;
    await world.first.app.get(Uploads, { strict: false }).dropOlderThan(soon());
    expect((await left.call('GET')).status).toBe(404);
    expect((await get(url)).status).toBe(200);
    const cleaning = world.first.app.get(MediaCleaning, { strict: false });
    await cleaning.dropUnnamed(soon());
    expect((await get(url)).status).toBe(200);
    await world.query('delete from attachments where stored_as = $1', [sent.id]);
    expect(await cleaning.dropUnnamed(soon())).toBeGreaterThanOrEqual(1);
    const files = (await readdir(join(world.dataDir, 'media'), { recursive: true })).map((file) => String(file));
    expect(files.filter((file) => file.includes(sent.id))).toEqual([]);
  });
});

describe('what is no words and no file', () => {
  it('a place comes to the handset as a place, a drawing as a picture', async () => {
    const { customer, id } = await caller();
    const place = { type: 'location', latitude: 35.681236, longitude: 139.767125, label: '東京駅 丸の内口' };
    expect((await postsContent(aoi, id, place)).status).toBe(201);
    expect((await postsContent(aoi, id, { type: 'sticker', sticker: 'thanks' })).status).toBe(201);
    const [first, second] = await customer.received(2);
    expect(first!.content).toMatchObject(place);
    expect(second!.content).toMatchObject({ type: 'media', mimeType: 'image/png', name: 'thanks.png' });
    const drawn = await get(`${aoi.url}/api/stickers/thanks`);
    expect((await sharp(await bytesOf(drawn)).metadata()).width).toBe(320);
    expect((await get(`${aoi.url}/api/stickers/constructor`)).status).toBe(404);
  });

  it.each([
    [{ type: 'location', latitude: 91, longitude: 0 }, 'content.latitude'],
    [{ type: 'location', latitude: 1 }, 'content.longitude'],
    [{ type: 'location', latitude: 1, longitude: 1, label: 'x'.repeat(101) }, 'content.label'],
    [{ type: 'sticker', sticker: 'unknown' }, 'content.sticker'],
    [{ type: 'media', uploadId: 'no' }, 'content.uploadId'],
    [{ type: 'card' }, 'content.type'],
  ])('%j is refused by field', async (content, field) => {
    const { id } = await caller();
    const { status, body } = await postsContent(aoi, id, content);
    expect([status, body.error.fields?.[0]?.field]).toEqual([400, field]);
  });
});
