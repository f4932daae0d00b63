import { Readable } from 'node:stream';
import type { Multipart } from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isHttpUrl } from '../bots/bot.js';
import { fileLimit, presentFile, type SimFile } from '../files.js';
import { malformed, WireError } from '../problem.js';
import type { World } from '../world.js';
import { afterAnswer } from './after-answer.js';

type FileCall = FastifyRequest<{ Params: { botId: string; fileId: string } }>;

const monthMs = 30 * 24 * 3_600_000;

/** Uploads of bots: `pending` first, `ready` in a `fileStatus` event. */
export function maapFileRoutes(app: FastifyInstance, world: World): void {
  const { files, faults, webhooks } = world;

  const admit = (request: FileCall): string =>
    world.tokens.admit(request.params.botId, request.headers.authorization).botId;

  const settle = (file: SimFile, botId: string, status: 'ready' | 'failed'): void => {
    files.settle(file, status);
    const { repeats } = faults.concerning(botId);
    webhooks.add(botId, `${botId} files`, { kind: 'file', fileId: file.id, status }, repeats);
  };

  app.post('/:botId/files', async (request: FileCall, reply: FastifyReply) => {
    const botId = admit(request);
    await faults.concerning(botId).slow();
    if (!request.isMultipart()) throw malformed('the body must be multipart/form-data');
    const upload = await readUpload(request.parts({ limits: { fileSize: fileLimit, files: 1 } }));
    const file = files.create(botId, upload.name, upload.mimeType, upload.until);
    if (upload.content) await files.fill(file, upload.content);
    const { fileUrl } = upload;
    afterAnswer(reply, () => {
      if (fileUrl === null) settle(file, botId, 'ready');
      else void fetchInto(world, file, fileUrl).then((status) => settle(file, botId, status));
    });
    return reply.code(202).send(presentFile(file, files));
  });

  app.get('/:botId/files/:fileId', async (request: FileCall) => {
    const botId = admit(request);
    return presentFile(need(world, botId, request.params.fileId), files);
  });

  app.delete('/:botId/files/:fileId', async (request: FileCall, reply: FastifyReply) => {
    const botId = admit(request);
    files.remove(need(world, botId, request.params.fileId));
    return reply.code(204).send();
  });
}

interface Upload {
  name: string;
  mimeType: string;
  until: string;
  content: Buffer | null;
  fileUrl: string | null;
}

async function readUpload(parts: AsyncIterable<Multipart>): Promise<Upload> {
  const words: Record<string, string> = {};
  let content: { bytes: Buffer; name: string; mimeType: string } | null = null;
  for await (const part of parts) {
    if (part.type === 'file') {
      const bytes = await part.toBuffer();
      if (part.fieldname === 'fileContent') content = { bytes, name: part.filename, mimeType: part.mimetype };
    } else if (typeof part.value === 'string') words[part.fieldname] = part.value;
  }
  const fileUrl = words.fileUrl ?? null;
  if ((content === null) === (fileUrl === null)) throw malformed('exactly one of fileContent and fileUrl is required');
  if (fileUrl !== null && !isHttpUrl(fileUrl)) throw malformed('fileUrl must be an http or https address');
  const mimeType = words.fileType ?? content?.mimeType ?? 'application/octet-stream';
  if (!/^[\w.+-]+\/[\w.+-]+(;.*)?$/.test(mimeType)) throw malformed('fileType must be a MIME type');
  const until = words.until === undefined ? Date.now() + monthMs : Date.parse(words.until);
  if (Number.isNaN(until)) throw malformed('until must be an ISO 8601 time');
  const named = content?.name || new URL(fileUrl ?? 'http://sim/file').pathname.split('/').at(-1) || 'file';
  return { name: named, mimeType, until: new Date(until).toISOString(), content: content?.bytes ?? null, fileUrl };
}

async function fetchInto({ files }: World, file: SimFile, url: string): Promise<'ready' | 'failed'> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(30_000) });
    if (!response.ok || !response.body) return 'failed';
    let size = 0;
    const bytes = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
    const measured = bytes.map((chunk: Buffer) => {
      size += chunk.length;
      if (size > fileLimit) throw new Error('too large');
      return chunk;
    });
    await files.fill(file, measured);
    return 'ready';
  } catch {
    return 'failed';
  }
}

function need({ files }: World, botId: string, fileId: string): SimFile {
  const file = files.find(fileId);
  if (!file || file.botId !== botId) throw new WireError(404, 'unknown_file', 'There is no such file');
  return file;
}
