import { rename, rm } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import type { FileRefusal } from '#libs/contracts/index.js';
import { contentTypeOf, MediaStore, Pictures, readFilm, UnfitPicture } from '#libs/platform/media/index.js';
import { honestName, isBoxed, isPicture, kindOf } from './allowed-files.js';

export interface FileFacts {
  mimeType: string;
  width: number | null;
  height: number | null;
  seconds: number | null;
}

/** Not to be taken; its content says why. */
export class FileRefused extends Error {
  constructor(
    readonly refusal: FileRefusal,
    /** What it really is, for people. */
    readonly found: string | null = null,
  ) {
    super(refusal);
  }
}

/** Of texts, what may be called by its name; a page or a drawing with scripts is just bytes to us. */
const written: Record<string, string> = { vCard: 'text/vcard', text: 'text/plain' };

/** In the thread, and filling a screen. */
const SIDES = { small: 480, large: 1920 } as const;
/** For a handset's list of messages; carriers want it below 100 kB and in a form that every handset knows. */
const PHONE_SIDE = 320;

/** What a file is, by its content; what must not be in it; smaller ones of it. Always in a job, never in a request. */
@Injectable()
export class FileCheck {
  constructor(
    private readonly store: MediaStore,
    private readonly pictures: Pictures,
  ) {}

  /** An agent's file: only what is on the list, under an honest name, and without what a camera wrote into it. */
  async outgoing(path: string, name: string, declaredType: string): Promise<FileFacts & { name: string }> {
    const content = await contentTypeOf(path);
    const kind = kindOf(content.mimeType);
    if (kind === null) {
      const promised = kindOf(declaredType) ?? /\.(jpe?g|png|gif|webp|mp4|mov|3gp|m4a|mp3|aac|amr|pdf)$/i.exec(name);
      throw new FileRefused(promised ? 'typeMismatch' : 'typeNotAllowed', content.name);
    }
    const honest = honestName(name, declaredType, kind);
    if (honest === null) throw new FileRefused('typeMismatch', content.name);
    const facts = { mimeType: kind.mimeType, width: null, height: null, seconds: null };
    if (isBoxed(kind.mimeType)) return { ...facts, name: honest, ...(await readFilm(path, { clean: true })) };
    if (!isPicture(kind.mimeType)) return { ...facts, name: honest };
    const { width, height, hasTraces } = await this.look(path);
    if (hasTraces) await this.clean(path);
    return { ...facts, name: honest, width, height };
  }

  /** A customer's file is kept as it came; only a picture that is none, or would burst, is not. */
  async incoming(path: string, declaredType: string): Promise<FileFacts> {
    const content = await contentTypeOf(path);
    const kind = kindOf(content.mimeType);
    const facts = {
      mimeType: content.mimeType ?? 'application/octet-stream',
      width: null,
      height: null,
      seconds: null,
    };
    if (kind === null) {
      if (isPicture(declaredType)) throw new FileRefused('typeMismatch', content.name);
      if (content.mimeType === null && content.name === null) return { ...facts, mimeType: declaredType };
      return { ...facts, mimeType: content.mimeType ?? written[content.name ?? ''] ?? facts.mimeType };
    }
    if (isBoxed(kind.mimeType)) {
      return { ...facts, mimeType: kind.mimeType, ...(await readFilm(path, { clean: false })) };
    }
    if (!isPicture(kind.mimeType)) return { ...facts, mimeType: kind.mimeType };
    const { width, height } = await this.look(path);
    return { ...facts, mimeType: kind.mimeType, width, height };
  }

  /** Beside a stored picture. */
  async thumbnails(storedAs: string, { forPhones }: { forPhones: boolean }): Promise<void> {
    const path = this.store.path(storedAs);
    try {
      for (const [variant, side] of Object.entries(SIDES) as ['small' | 'large', number][]) {
        await this.store.putVariant(storedAs, variant, await this.pictures.thumbnail(path, side, 'webp'));
      }
      if (forPhones) {
        await this.store.putVariant(storedAs, 'phone', await this.pictures.thumbnail(path, PHONE_SIDE, 'jpeg'));
      }
    } catch (fault) {
      throw refused(fault);
    }
  }

  private async look(path: string) {
    try {
      return await this.pictures.look(path);
    } catch (fault) {
      throw refused(fault);
    }
  }

  private async clean(path: string): Promise<void> {
    const bare = `${path}.bare`;
    try {
      await this.pictures.withoutTraces(path, bare);
      await rename(bare, path);
    } catch (fault) {
      throw refused(fault);
    } finally {
      await rm(bare, { force: true });
    }
  }
}

function refused(fault: unknown): unknown {
  return fault instanceof UnfitPicture ? new FileRefused(fault.why) : fault;
}
