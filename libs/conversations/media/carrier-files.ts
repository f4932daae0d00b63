import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Carrier, type CallFailure, type OutboundFile, type PlacedFile } from '#libs/carrier/index.js';
import type { MediaContent } from '#libs/contracts/index.js';
import { MediaStore } from '#libs/platform/media/index.js';
import { Attachment } from './attachment.entity.js';
import { MediaLinks } from './media-links.js';

/** Where a file of ours lies at the carrier; another connection has another store. */
interface Placed {
  connectionId: string;
  since: number;
  file: PlacedFile | null;
  thumbnail: PlacedFile | null;
}

export type Brought =
  { state: 'there' } | { state: 'wait'; waitMs: number } | { state: 'failed'; failure: CallFailure };

const ASK_MS = 300;
/** A hundred megabytes over a slow line between the carrier and us; after that something else is wrong. */
const GIVE_UP_MS = 10 * 60_000;
/** A link that is about to die reaches nobody. */
const MARGIN_MS = 24 * 60 * 60 * 1000;

/**
 * A carrier wants a file in its own store before a message names it, and takes its time to fetch it. So bringing it there
 * is done before the message is tried, in steps that are written down: it counts as no try, holds no worker while the
 * carrier is busy, and goes on where it was after a crash. The conversation's later messages wait behind it.
 */
@Injectable()
export class CarrierFiles {
  constructor(
    private readonly dataSource: DataSource,
    private readonly carrier: Carrier,
    private readonly links: MediaLinks,
    private readonly store: MediaStore,
  ) {}

  /** One step. */
  async bring(connectionId: string, content: MediaContent): Promise<Brought> {
    const attachment = await this.find(content);
    if (attachment?.storedAs == null) return gone;
    const known = attachment.placed as Placed | null;
    const placed: Placed =
      known?.connectionId === connectionId && !isEnding(known.file) && !isEnding(known.thumbnail)
        ? known
        : { connectionId, since: Date.now(), file: null, thumbnail: null };
    for (const part of attachment.thumbnails ? (['thumbnail', 'file'] as const) : (['file'] as const)) {
      const before = placed[part];
      if (before?.ready) continue;
      const outcome = await this.carrier.placeFile(connectionId, this.linkOf(attachment, part), before);
      if (outcome.outcome !== 'placed') return this.failed(attachment, placed, outcome);
      placed[part] = outcome.file;
      await this.write(attachment, placed);
    }
    if (placed.file?.ready && (!attachment.thumbnails || placed.thumbnail?.ready)) return { state: 'there' };
    if (Date.now() - placed.since < GIVE_UP_MS) return { state: 'wait', waitMs: ASK_MS };
    return this.failed(attachment, placed, tooLong('The carrier did not finish taking the file.'));
  }

  /** Once it is there. */
  async outbound(content: MediaContent): Promise<OutboundFile | null> {
    const attachment = await this.find(content);
    const placed = attachment?.placed as Placed | null | undefined;
    if (!attachment?.storedAs || !placed?.file) return null;
    const small = attachment.thumbnails ? await this.store.size(attachment.storedAs, 'phone') : null;
    return {
      type: 'file',
      url: placed.file.url,
      name: attachment.name,
      mimeType: attachment.mimeType,
      size: Number(attachment.size),
      ...(content.seconds === undefined ? {} : { seconds: content.seconds }),
      ...(placed.thumbnail && small !== null
        ? { thumbnail: { url: placed.thumbnail.url, mimeType: 'image/jpeg', size: small } }
        : {}),
    };
  }

  private find(content: MediaContent): Promise<Attachment | null> {
    if (content.mediaId === null) return Promise.resolve(null);
    return this.dataSource.getRepository(Attachment).findOneBy({ id: content.mediaId });
  }

  private linkOf(attachment: Attachment, part: 'file' | 'thumbnail') {
    const { id: attachmentId, mimeType, name } = attachment;
    const ending = /\.(\w{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? 'bin';
    return part === 'file'
      ? { url: this.links.make({ attachmentId, variant: undefined }, `file.${ending}`), mimeType }
      : { url: this.links.make({ attachmentId, variant: 'phone' }, 'small.jpg'), mimeType: 'image/jpeg' };
  }

  /** Refused: the next order to send it begins anew. Otherwise this step is repeated, until the time is over. */
  private async failed(attachment: Attachment, placed: Placed, failure: CallFailure): Promise<Brought> {
    if (failure.outcome !== 'refused' && Date.now() - placed.since < GIVE_UP_MS) {
      await this.write(attachment, placed);
      return { state: 'wait', waitMs: failure.outcome === 'later' ? Math.max(failure.waitMs, 1000) : 2000 };
    }
    await this.write(attachment, null);
    const { detail } = failure;
    const ended = failure.outcome === 'refused' ? failure : tooLong(detail);
    return { state: 'failed', failure: ended };
  }

  private async write(attachment: Attachment, placed: Placed | null): Promise<void> {
    await this.dataSource.query('update attachments set placed = $2 where id = $1', [
      attachment.id,
      placed === null ? null : JSON.stringify(placed),
    ]);
  }
}

const gone: Brought = {
  state: 'failed',
  failure: { outcome: 'refused', reason: 'rejected', detail: 'The file is no longer here.' },
};

function tooLong(detail: string): CallFailure {
  return { outcome: 'refused', reason: 'carrier_error', detail };
}

function isEnding(file: PlacedFile | null): boolean {
  return file?.ready === true && file.validUntil !== null && Date.parse(file.validUntil) - Date.now() < MARGIN_MS;
}
