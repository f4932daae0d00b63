import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Journal } from './journal.js';

/** 100 MB, as +Message allows. */
export const fileLimit = 100 * 1024 * 1024;

export interface SimFile {
  id: string;
  /** The bot that uploaded it; null for what customers send. */
  botId: string | null;
  name: string;
  mimeType: string;
  size: number;
  status: 'pending' | 'ready' | 'failed';
  validUntil: string;
}

/** Pictures and other files of both sides, served at unguessable addresses; on disk when the simulator keeps its state. */
export class Files {
  private readonly files = new Map<string, SimFile>();
  private readonly memory = new Map<string, Buffer>();
  /** `http://127.0.0.1:3001`, known once the simulator listens. */
  origin = '';

  constructor(
    private readonly journal: Journal,
    private readonly directory: string | null,
  ) {
    if (directory) mkdirSync(directory, { recursive: true });
    for (const file of journal.kept<SimFile>('file')) this.files.set(file.id, file);
  }

  create(botId: string | null, name: string, mimeType: string, validUntil: string): SimFile {
    const id = `f_${randomBytes(16).toString('hex')}`;
    const file: SimFile = { id, botId, name, mimeType, size: 0, status: 'pending', validUntil };
    this.files.set(id, file);
    return file;
  }

  async fill(file: SimFile, bytes: Buffer | Readable): Promise<void> {
    if (this.directory) {
      const path = join(this.directory, file.id);
      await pipeline(Buffer.isBuffer(bytes) ? Readable.from([bytes]) : bytes, createWriteStream(path, { mode: 0o600 }));
      file.size = (await stat(path)).size;
    } else {
      const whole = Buffer.isBuffer(bytes) ? bytes : Buffer.concat(await bytes.toArray());
      this.memory.set(file.id, whole);
      file.size = whole.length;
    }
    this.journal.put('file', file.id, file);
  }

  settle(file: SimFile, status: 'ready' | 'failed'): void {
    file.status = status;
    this.journal.put('file', file.id, file);
  }

  find(id: string): SimFile | undefined {
    return this.files.get(id);
  }

  /** @param part first and last byte, both included */
  read(file: SimFile, part?: { start: number; end: number }): Buffer | Readable | null {
    if (this.directory) return createReadStream(join(this.directory, file.id), part);
    const whole = this.memory.get(file.id) ?? null;
    return whole && part ? whole.subarray(part.start, part.end + 1) : whole;
  }

  remove(file: SimFile): void {
    this.files.delete(file.id);
    this.memory.delete(file.id);
    if (this.directory) rmSync(join(this.directory, file.id), { force: true });
    this.journal.drop('file', file.id);
  }

  path(file: SimFile): string {
    return `/files/${file.id}/${encodeURIComponent(file.name)}`;
  }

  /** Stored addresses have no host: the port may be another one after a restart. */
  absolute(url: string): string {
    return url.startsWith('/') ? this.origin + url : url;
  }
}

/** What travels in answers and in `fileStatus` events. */
export function presentFile(file: SimFile, files: Files, status = file.status): object {
  return {
    file: {
      fileId: file.id,
      fileUrl: files.absolute(files.path(file)),
      fileSize: file.size,
      status,
      validity: file.validUntil,
    },
  };
}
