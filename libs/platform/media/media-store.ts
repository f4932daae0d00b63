import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { Settings } from '#libs/platform/settings/index.js';

export class TooLarge extends Error {}

/** Files on this machine's disk, under `DATA_DIR/media`, named by us and never by the sender. */
@Injectable()
export class MediaStore {
  private readonly folder: string;

  constructor(settings: Settings) {
    this.folder = join(settings.dataDir, 'media');
  }

  /**
   * Stores a stream as it comes, in constant memory; the name appears only when the whole file is there.
   * @param limit in bytes; more is refused with `TooLarge` and leaves nothing behind
   */
  async put(source: Readable, limit: number): Promise<{ name: string; size: number; sha256: string }> {
    const name = randomUUID();
    const folder = this.folderOf(name);
    await mkdir(folder, { recursive: true });
    const partial = join(folder, `${name}.part`);
    const hash = createHash('sha256');
    let size = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length;
        hash.update(chunk);
        if (size > limit) done(new TooLarge(`larger than ${limit} bytes`));
        else done(null, chunk);
      },
    });
    try {
      await pipeline(source, measure, createWriteStream(partial));
      await rename(partial, join(folder, name));
    } catch (fault) {
      await rm(partial, { force: true });
      throw fault;
    }
    return { name, size, sha256: hash.digest('hex') };
  }

  get(name: string): Readable {
    return createReadStream(join(this.folderOf(name), name));
  }

  /** Not one folder with a million entries. */
  private folderOf(name: string): string {
    return join(this.folder, name.slice(0, 2));
  }
}
