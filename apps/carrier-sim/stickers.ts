import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pageDirectory } from './page-directory.js';

const directory = join(pageDirectory, 'stickers');

/** The stickers of the handsets, by their names: drawn in the `.svg`, sent as the `.png` beside it, as on the wire a sticker is a picture. */
export const stickerNames = readdirSync(directory)
  .filter((name) => name.endsWith('.png'))
  .map((name) => name.slice(0, -'.png'.length))
  .sort();

export const readSticker = (name: string): Buffer => readFileSync(join(directory, `${name}.png`));
