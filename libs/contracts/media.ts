/** What +Message carries in one file. */
export const fileLimits = {
  bytes: 100 * 1024 * 1024,
  /** Of a picture, however small its file is: 8,192 × 8,192. */
  pixels: 67_108_864,
  /** UTF-16 units of a file's name. */
  name: 200,
  /** Begun or finished and not sent yet, of one agent. */
  unsent: 40,
} as const;

/**
 * Why a file was not taken. `typeMismatch`: its content is not what its name says. `tooManyPixels`: unpacked it would
 * fill the memory of whoever opens it. `notOurs`: the link did not lead to the carrier's own files.
 */
export type FileRefusal =
  'typeNotAllowed' | 'typeMismatch' | 'tooManyPixels' | 'broken' | 'tooLarge' | 'notOurs' | 'gone';

/** A file on its way from an agent's desk, before it is sent. Pieces come over tus 1.0 at `/api/uploads`. */
export interface UploadView {
  id: string;
  name: string;
  /** By its content once it is `ready`; before that, what the browser said. */
  mimeType: string;
  size: number;
  /** Bytes that the server has. */
  received: number;
  /** `preparing`: all there, being looked at. Only a `ready` one can be sent, once. */
  state: 'receiving' | 'preparing' | 'ready' | 'refused';
  refusal: FileRefusal | null;
  /** What the content really is, e.g. `HTML`; for the sentence that tells of the refusal. */
  found: string | null;
}

/** Our own drawings, sent as pictures. */
export const stickers = ['hello', 'thanks', 'sorry', 'ok', 'wait', 'done', 'cheer', 'goodnight'] as const;
export type Sticker = (typeof stickers)[number];

export const locationLimits = { label: 100 } as const;
