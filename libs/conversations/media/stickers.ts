import { Injectable } from '@nestjs/common';
import type { Sticker } from '#libs/contracts/index.js';
import { Pictures } from '#libs/platform/media/index.js';
import { drawings } from './sticker-drawings.js';

/** Pixels, both ways. */
export const STICKER_SIDE = 320;

/** On the wire a sticker is a picture: drawn once per process from our own lines. */
@Injectable()
export class Stickers {
  private readonly drawn = new Map<Sticker, Promise<Buffer>>();

  constructor(private readonly pictures: Pictures) {}

  picture(name: Sticker): Promise<Buffer> {
    const known = this.drawn.get(name);
    if (known) return known;
    const drawing = this.pictures.drawn(drawings[name], STICKER_SIDE);
    this.drawn.set(name, drawing);
    drawing.catch(() => this.drawn.delete(name));
    return drawing;
  }
}
