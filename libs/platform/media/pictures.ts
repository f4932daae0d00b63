import { Injectable } from '@nestjs/common';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { fileLimits } from '#libs/contracts/index.js';
import { Turns } from './turns.js';

/** A picture that must not, or cannot, be unpacked. */
export class UnfitPicture extends Error {
  constructor(readonly why: 'tooManyPixels' | 'broken') {
    super(why);
  }
}

export interface PictureFacts {
  /** As it is shown: turned as its camera said. */
  width: number;
  height: number;
  /** It carries what a camera or a program wrote into it; a place may be among that. */
  hasTraces: boolean;
  format: string;
}

const SECONDS = 30;
/** Two at a time: a large picture takes some hundred megabytes while it is unpacked. */
const AT_ONCE = 2;

// Pictures come once each: what the library remembers of one is never asked for again.
sharp.cache(false);
sharp.concurrency(1);

/**
 * Unpacks pictures, after a look at their heads: a file of a few kilobytes can claim gigabytes. Only formats that the caller
 * has recognised by content come here.
 */
@Injectable()
export class Pictures {
  private readonly turns = new Turns(AT_ONCE);

  /** Reads the head alone. */
  look(path: string): Promise<PictureFacts> {
    return this.turns.run(async () => factsOf(await headOf(path)));
  }

  /** The same picture, upright, with nothing in it but pixels and their colours. */
  withoutTraces(path: string, target: string): Promise<void> {
    return this.turns.run(async () => {
      const head = await headOf(path);
      const animated = (head.pages ?? 1) > 1;
      if (animated && head.width * head.height * (head.pages ?? 1) > fileLimits.pixels)
        throw new UnfitPicture('tooManyPixels');
      const upright = opened(path, animated).autoOrient().keepIccProfile();
      await unpack(inFormat(upright, head.format).toFile(target));
    });
  }

  /** Within a square, never larger than it was. */
  thumbnail(path: string, side: number, format: 'webp' | 'jpeg'): Promise<Buffer> {
    return this.turns.run(async () => {
      await headOf(path).then(factsOf);
      const small = opened(path).autoOrient().resize(side, side, { fit: 'inside', withoutEnlargement: true });
      return unpack(
        format === 'webp'
          ? small.webp({ quality: 76 }).toBuffer()
          : small.flatten({ background: '#ffffff' }).jpeg({ quality: 76 }).toBuffer(),
      );
    });
  }

  /** Our own drawings. */
  drawn(svg: string, side: number): Promise<Buffer> {
    return this.turns.run(() => sharp(Buffer.from(svg)).resize(side, side).png().toBuffer());
  }
}

function opened(path: string, animated = false): Sharp {
  const options = { limitInputPixels: fileLimits.pixels, sequentialRead: true, animated, failOn: 'error' as const };
  return sharp(path, options).timeout({ seconds: SECONDS });
}

async function headOf(path: string): Promise<Metadata> {
  const head = await unpack(sharp(path, { limitInputPixels: false }).metadata());
  if (head.width * head.height > fileLimits.pixels) throw new UnfitPicture('tooManyPixels');
  return head;
}

function factsOf(head: Metadata): PictureFacts {
  const { width, height } = head.autoOrient;
  const hasTraces = [head.exif, head.xmp, head.iptc, head.tifftagPhotoshop, head.comments].some((each) => each?.length);
  return { width, height, hasTraces, format: head.format };
}

function inFormat(picture: Sharp, format: string): Sharp {
  switch (format) {
    case 'jpeg':
      return picture.jpeg({ quality: 92 });
    case 'png':
      return picture.png();
    case 'webp':
      return picture.webp({ quality: 92 });
    case 'gif':
      return picture.gif();
    default:
      throw new UnfitPicture('broken');
  }
}

async function unpack<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (fault) {
    if (fault instanceof UnfitPicture) throw fault;
    // A disk that is full is no fault of the picture.
    if (/ENOSPC|No space/i.test(String(fault))) throw fault;
    throw new UnfitPicture(/pixel limit/i.test(String(fault)) ? 'tooManyPixels' : 'broken');
  }
}
