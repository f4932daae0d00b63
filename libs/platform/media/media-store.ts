import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { Settings } from '#libs/platform/settings/index.js';

export class TooLarge extends Error {}

/** Made from a file and kept beside it; it goes when the file goes. */
export type Variant = 'small' | 'large' | 'phone';

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
  async put(source: Readable, limit: number): Promise<{ name: string; size: number }> {
    const name = randomUUID();
    const partial = `${await this.placeOf(name)}.part`;
    let size = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length;
        if (size > limit) done(new TooLarge(`larger than ${limit} bytes`));
        else done(null, chunk);
      },
    });
    try {
      await pipeline(source, measure, createWriteStream(partial));
      await rename(partial, this.path(name));
    } catch (fault) {
      await rm(partial, { force: true });
      throw fault;
    }
    return { name, size };
  }

  /** Takes over a file that lies elsewhere on this machine; it is gone there. Done before: nothing happens. */
  async adopt(path: string, name: string): Promise<void> {
    const place = await this.placeOf(name);
    try {
      await rename(path, place);
    } catch (fault) {
      const { code } = fault as NodeJS.ErrnoException;
      if (code === 'ENOENT' && (await this.size(name)) !== null) return;
      // DATA_DIR/uploads may be another disk than DATA_DIR/media.
      if (code !== 'EXDEV') throw fault;
      await copyFile(path, `${place}.part`);
      await rename(`${place}.part`, place);
      await rm(path, { force: true });
    }
  }

  async putBytes(bytes: Buffer): Promise<string> {
    const name = randomUUID();
    await writeFile(await this.placeOf(name), bytes);
    return name;
  }

  async putVariant(name: string, variant: Variant, bytes: Buffer): Promise<void> {
    await writeFile(this.path(name, variant), bytes);
  }

  /** Null when there is no such file. */
  async size(name: string, variant?: Variant): Promise<number | null> {
    try {
      return (await stat(this.path(name, variant))).size;
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw fault;
    }
  }

  /** @param range first and last byte, both included */
  read(name: string, variant?: Variant, range?: { start: number; end: number }): Readable {
    return createReadStream(this.path(name, variant), range);
  }

  path(name: string, variant?: Variant): string {
    // Names are ours; still, nothing but a name may become a part of a path.
    const file = basename(name);
    return join(this.folder, file.slice(0, 2), variant === undefined ? file : `${file}.${variant}`);
  }

  async remove(name: string): Promise<void> {
    const files: (Variant | undefined)[] = [undefined, 'small', 'large', 'phone'];
    await Promise.all(files.map((variant) => rm(this.path(name, variant), { force: true })));
  }

  /** Names of files that were last touched before this time, folder by folder; halves of broken copies are removed. */
  async *names(before: Date): AsyncGenerator<string[]> {
    for (const folder of await entries(this.folder)) {
      const old = new Set<string>();
      for (const file of await entries(join(this.folder, folder))) {
        const path = join(this.folder, folder, file);
        const touched = await stat(path).catch(() => null);
        if (touched === null || touched.mtime >= before) continue;
        if (file.endsWith('.part')) await rm(path, { force: true });
        else old.add(file.replace(/\..*$/, ''));
      }
      if (old.size > 0) yield [...old];
    }
  }

  /** Not one folder with a million entries. */
  private async placeOf(name: string): Promise<string> {
    await mkdir(join(this.folder, name.slice(0, 2)), { recursive: true });
    return this.path(name);
  }
}

async function entries(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw fault;
  }
}
