import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';

export interface ContentType {
  /** Null for what no signature names; `name` may know more. */
  mimeType: string | null;
  /** For people: `HTML`, `SVG`, `text`, or the ending that such files have; null when nothing is known. */
  name: string | null;
}

const HEAD_BYTES = 4096;

/** What a file is, by what stands in it. Its name and what anybody said of it are not asked. */
export async function contentTypeOf(path: string): Promise<ContentType> {
  const written = textual(await head(path));
  if (written !== null) return { mimeType: null, name: written };
  const found = await fileTypeFromFile(path).catch(() => undefined);
  return found ? { mimeType: found.mime, name: found.ext.toUpperCase() } : { mimeType: null, name: null };
}

async function head(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** A browser takes for a page what begins like one, so that is looked for first. */
export function textual(bytes: Buffer): string | null {
  const text = new TextDecoder()
    .decode(bytes)
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (
    /^(<!--[\s\S]*?-->\s*)*<(!doctype\s+html|html|head|body|script|iframe|title|div|table|a|p|h1|style|meta|img)\b/i.test(
      text,
    )
  )
    return 'HTML';
  if (/^(<\?xml[\s\S]*?\?>\s*)?(<!--[\s\S]*?-->\s*|<!doctype\s+svg[^>]*>\s*)*<svg\b/i.test(text)) return 'SVG';
  if (/^<\?xml\b/i.test(text)) return 'XML';
  if (/^BEGIN:VCARD\b/i.test(text)) return 'vCard';
  if (text.startsWith('%PDF-') || bytes.length === 0 || bytes.includes(0)) return null;
  // The last character may have been cut in two.
  return text.slice(0, -1).includes('\uFFFD') ? null : 'text';
}
