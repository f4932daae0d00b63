import type { FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '#libs/platform/telemetry/index.js';
import { byteRange } from './byte-range.js';
import type { MediaStore, Variant } from './media-store.js';

export interface SentFile {
  storedAs: string;
  variant?: Variant;
  mimeType: string;
  /** As it is called when it is saved. */
  name: string;
  /** Shown in the page; everything else is only offered for download, whatever it says it is. */
  inline: boolean;
  /** `private` for who is signed in; a link that ends must not be kept for longer than it lives. */
  cacheControl: string;
}

/** Answers with a stored file, whole or in part (206): players jump, and broken downloads go on. */
export async function sendFile(
  store: MediaStore,
  file: SentFile,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const size = await store.size(file.storedAs, file.variant);
  if (size === null) throw notFound('The file');
  const etag = `"${file.storedAs}${file.variant ? `.${file.variant}` : ''}"`;
  reply
    .header('content-type', file.inline ? file.mimeType : 'application/octet-stream')
    .header(
      'content-disposition',
      `${file.inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    )
    // A browser's own PDF viewer does not run inside of a sandbox; a PDF has no page of ours around it.
    .header(
      'content-security-policy',
      file.inline && file.mimeType === 'application/pdf' ? "frame-ancestors 'none'" : "default-src 'none'; sandbox",
    )
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', file.cacheControl)
    .header('accept-ranges', 'bytes')
    .header('etag', etag);
  if (request.headers['if-none-match'] === etag) return reply.status(304).send();
  const ifRange = request.headers['if-range'];
  const asked = ifRange === undefined || ifRange === etag ? request.headers.range : undefined;
  const range = byteRange(asked, size);
  if (range === 'unsatisfiable') return reply.status(416).header('content-range', `bytes */${size}`).send();
  if (range === 'whole') {
    reply.header('content-length', size);
    return reply.send(request.method === 'HEAD' ? undefined : store.read(file.storedAs, file.variant));
  }
  const { start, end } = range;
  reply
    .status(206)
    .header('content-range', `bytes ${start}-${end}/${size}`)
    .header('content-length', end - start + 1);
  return reply.send(request.method === 'HEAD' ? undefined : store.read(file.storedAs, file.variant, range));
}
