import type { Readable } from 'node:stream';
import type { Multipart } from '@fastify/multipart';
import { Fields } from '../fields.js';
import { fileLimit, type Files } from '../files.js';
import { Problem } from '../problem.js';
import { readSticker, stickerNames } from '../stickers.js';
import type { Content } from '../threads/content.js';

const textLimits = { units: 2730, bytes: 8190 };
const kinds = ['text', 'media', 'location', 'sticker'] as const;
const monthMs = 30 * 24 * 3_600_000;

interface Picked {
  name: string;
  mimeType: string;
  bytes: Buffer | Readable;
  seconds?: number;
}

/** What a customer writes: `{botId, text | media | location | sticker}`. */
export async function readCustomerMessage(source: unknown, files: Files): Promise<{ botId: string; content: Content }> {
  const fields = new Fields(source);
  const botId = fields.needText('botId', 256);
  const given = kinds.filter((kind) => fields.has(kind));
  const [kind] = given;
  if (kind === undefined || given.length > 1)
    fields.fault(kinds[0], `is required, or one of ${kinds.join(', ')} in its place`);
  if (kind === 'text') {
    const text = fields.needText('text', textLimits.units);
    const bytes = Buffer.byteLength(text);
    if (bytes > textLimits.bytes) fields.fault('text', `must have at most ${textLimits.bytes} bytes, has ${bytes}`);
    fields.done();
    return { botId, content: { type: 'text', text } };
  }
  if (kind === 'location') {
    const place = new Fields(fields.raw('location'), 'location');
    const latitude = place.number('latitude', -90, 90);
    const longitude = place.number('longitude', -180, 180);
    if (!place.has('latitude')) place.fault('latitude', 'is required');
    if (!place.has('longitude')) place.fault('longitude', 'is required');
    const label = place.text('label', 100);
    fields.adopt(place);
    fields.done();
    return { botId, content: { type: 'location', latitude: latitude ?? 0, longitude: longitude ?? 0, label } };
  }
  if (kind === 'sticker') {
    const sticker = fields.oneOf('sticker', stickerNames);
    fields.done();
    const bytes = readSticker(sticker ?? '');
    return { botId, content: await keep({ name: `${sticker}.png`, mimeType: 'image/png', bytes }, files, sticker) };
  }
  const media = new Fields(fields.raw('media'), 'media');
  const name = media.needText('name', 255);
  const mimeType = media.needText('mimeType', 255);
  const base64 = media.needText('base64', Math.ceil(fileLimit / 3) * 4);
  const seconds = media.number('seconds', 0, 36_000);
  if (!isMimeType(mimeType)) media.fault('mimeType', 'must be a MIME type such as image/png');
  if (base64 && !/^[A-Za-z0-9+/_-]+={0,2}$/.test(base64)) media.fault('base64', 'must be base64');
  fields.adopt(media);
  fields.done();
  return { botId, content: await keep({ name, mimeType, bytes: Buffer.from(base64, 'base64'), seconds }, files) };
}

/** The same as a form: `botId` and one file part. */
export async function readCustomerForm(
  parts: AsyncIterable<Multipart>,
  files: Files,
): Promise<{ botId: string; content: Content }> {
  let botId = '';
  let content: Content | null = null;
  for await (const part of parts) {
    if (part.type === 'file') {
      content = await keep({ name: part.filename, mimeType: part.mimetype, bytes: part.file }, files);
      if (part.file.truncated) throw new Problem(413, 'too_large', `A file has at most ${fileLimit} bytes`);
    } else if (part.fieldname === 'botId') botId = String(part.value);
  }
  if (!botId) throw missing('botId', 'botId is required');
  if (!content) throw missing('media', 'a file part is required');
  return { botId, content };
}

const isMimeType = (text: string): boolean => /^[\w.+-]+\/[\w.+-]+(;.*)?$/.test(text);

const missing = (field: string, message: string): Problem => new Problem(400, 'invalid', message, [{ field, message }]);

async function keep(picked: Picked, files: Files, sticker?: string): Promise<Content> {
  const { name, mimeType, bytes, seconds } = picked;
  const file = files.create(null, name, mimeType, new Date(Date.now() + monthMs).toISOString());
  await files.fill(file, bytes);
  files.settle(file, 'ready');
  return { type: 'media', name, mimeType, size: file.size, url: files.path(file), seconds, sticker };
}
