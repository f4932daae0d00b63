import type { MediaContent } from '#libs/contracts/index.js';

/** Every picture and film of the thread is as high: its row never changes its height, whenever the file comes. */
export const PICTURE_HEIGHT = 220;
export const STICKER_SIZE = 132;
const NARROWEST = 124;
const WIDEST = 330;
/** Where nothing is known of it. */
const USUAL_WIDTH = 240;

export function pictureWidth({ width, height }: Pick<MediaContent, 'width' | 'height'>): number {
  if (!width || !height) return USUAL_WIDTH;
  return Math.round(Math.min(WIDEST, Math.max(NARROWEST, (PICTURE_HEIGHT * width) / height)));
}

/** Shown by the browser itself; everything else is handed over as a file. */
export const isPicture = (mimeType: string): boolean => /^image\/(png|jpe?g|gif|webp|avif)$/i.test(mimeType);
export const isFilm = (mimeType: string): boolean => /^video\/(mp4|webm|quicktime|3gpp)$/i.test(mimeType);
export const isSound = (mimeType: string): boolean => /^audio\//i.test(mimeType);
const isCard = (mimeType: string): boolean => /^text\/(x-)?vcard$/i.test(mimeType);

export type MediaShape = 'sticker' | 'picture' | 'film' | 'sound' | 'card' | 'file';

export function shapeOf({ mimeType, sticker }: Pick<MediaContent, 'mimeType' | 'sticker'>): MediaShape {
  if (sticker) return 'sticker';
  if (isPicture(mimeType)) return 'picture';
  if (isFilm(mimeType)) return 'film';
  if (isSound(mimeType)) return 'sound';
  return isCard(mimeType) ? 'card' : 'file';
}

export function mediaHeight(content: MediaContent): number {
  if (content.state === 'unavailable') return 50;
  const heights = {
    sticker: STICKER_SIZE,
    picture: PICTURE_HEIGHT,
    film: PICTURE_HEIGHT,
    sound: 54,
    card: 76,
    file: 50,
  };
  return heights[shapeOf(content)];
}

/** Without a bubble around it. */
export function isBare(content: MediaContent): boolean {
  return content.state !== 'unavailable' && ['sticker', 'picture', 'film'].includes(shapeOf(content));
}
