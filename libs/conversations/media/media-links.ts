import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Variant } from '#libs/platform/media/index.js';
import { Settings } from '#libs/platform/settings/index.js';

export interface LinkedFile {
  attachmentId: string;
  variant: Variant | undefined;
}

/** A carrier fetches a file once, soon after it was told of it. */
const LIFE_MS = 60 * 60 * 1000;

/**
 * Addresses under `PUBLIC_URL/media` with which a carrier, who has no session, fetches one file of ours for an hour. The
 * address itself is the proof: which file, which size of it, until when, and a signature under the master key.
 */
@Injectable()
export class MediaLinks {
  private key: Buffer | undefined;

  constructor(private readonly settings: Settings) {}

  make({ attachmentId, variant }: LinkedFile, name: string, now = Date.now()): string {
    const ticket = `${attachmentId}.${variant ?? 'whole'}.${Math.floor((now + LIFE_MS) / 1000).toString(36)}`;
    return `${this.settings.publicUrl}/media/${ticket}.${this.sign(ticket)}/${encodeURIComponent(name)}`;
  }

  /** Null for whatever we have not signed, or no longer stand by. */
  read(word: string, now = Date.now()): LinkedFile | null {
    const parts = /^(([1-9]\d{0,17})\.(whole|small|large|phone)\.([0-9a-z]{1,10}))\.([\w-]{43})$/.exec(word);
    if (!parts) return null;
    const [, ticket, attachmentId, variant, until, signature] = parts as unknown as string[];
    if (!timingSafeEqual(Buffer.from(this.sign(ticket!)), Buffer.from(signature!))) return null;
    if (parseInt(until!, 36) * 1000 < now) return null;
    return { attachmentId: attachmentId!, variant: variant === 'whole' ? undefined : (variant as Variant) };
  }

  private sign(ticket: string): string {
    return createHmac('sha256', this.derivedKey()).update(ticket).digest('base64url');
  }

  private derivedKey(): Buffer {
    const { masterKey } = this.settings;
    if (masterKey === null) throw new Error('There is no master key, so no link can be signed.');
    this.key ??= Buffer.from(hkdfSync('sha256', masterKey, 'madoguchi', 'media links', 32));
    return this.key;
  }
}
