import { stickers } from '#libs/contracts/index.js';
import type { FileRefusal, Sticker, UploadView } from '#libs/contracts/index.js';
import { object, orNull, text, whole, words, type Described } from './api-schema.js';

export interface MediaViews {
  UploadView: UploadView;
}

export const refusal = words<FileRefusal>({
  typeNotAllowed: true,
  typeMismatch: true,
  tooManyPixels: true,
  broken: true,
  tooLarge: true,
  notOurs: true,
  gone: true,
});

export const sticker: Described<Sticker> = { type: 'string', enum: [...stickers] };

/** Files on their way from an agent's desk. */
export const mediaViews: { [N in keyof MediaViews]: Described<MediaViews[N]> } = {
  UploadView: object<UploadView>({
    id: text,
    name: text,
    mimeType: text,
    size: whole,
    received: whole,
    state: words({ receiving: true, preparing: true, ready: true, refused: true }),
    refusal: orNull(refusal),
    found: orNull(text),
  }),
};
