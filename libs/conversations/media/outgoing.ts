import { Injectable } from '@nestjs/common';
import {
  errorCodes,
  locationLimits,
  type LocationContent,
  type MediaContent,
  type MessageContent,
  type PostContent,
} from '#libs/contracts/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import { MediaStore } from '#libs/platform/media/index.js';
import { invalid } from '#libs/platform/telemetry/index.js';
import { isPicture } from './allowed-files.js';
import { Attachment } from './attachment.entity.js';
import { Stickers, STICKER_SIDE } from './stickers.js';
import { Uploads } from './uploads.service.js';

export type RichContent = Exclude<PostContent, { type: 'text' }>;

/** Everything that is slow is done; what is left fits into the transaction of the message. */
export type Prepared =
  | { type: 'upload'; uploadId: string }
  | { type: 'sticker'; content: MediaContent; storedAs: string }
  | { type: 'location'; content: LocationContent };

export interface Written {
  content: MessageContent;
  /** Ties what the content refers to to its message, in the same transaction. */
  attach: (messageId: string) => Promise<void>;
}

/** What an agent sends besides words: a file of hers, a place, one of our drawings. */
@Injectable()
export class Outgoing {
  constructor(
    private readonly uploads: Uploads,
    private readonly stickers: Stickers,
    private readonly store: MediaStore,
  ) {}

  async prepare(posted: RichContent): Promise<Prepared> {
    switch (posted.type) {
      case 'media':
        return { type: 'upload', uploadId: posted.uploadId };
      case 'sticker': {
        const bytes = await this.stickers.picture(posted.sticker);
        // A copy for each message: whoever erases a customer's files erases this one too.
        const storedAs = await this.store.putBytes(bytes);
        const content: MediaContent = {
          type: 'media',
          name: `${posted.sticker}.png`,
          mimeType: 'image/png',
          size: bytes.length,
          state: 'ready',
          mediaId: null,
          width: STICKER_SIDE,
          height: STICKER_SIDE,
          sticker: posted.sticker,
        };
        return { type: 'sticker', content, storedAs };
      }
      case 'location': {
        const label = posted.label?.trim() ?? '';
        if (label.length > locationLimits.label) throw tooLong(label);
        const { latitude, longitude } = posted;
        return { type: 'location', content: { type: 'location', latitude, longitude, ...(label ? { label } : {}) } };
      }
    }
  }

  /** Under the conversation's lock. */
  async write(tx: Tx, agentId: string, conversationId: string, prepared: Prepared): Promise<Written> {
    switch (prepared.type) {
      case 'location':
        return { content: prepared.content, attach: async () => undefined };
      case 'sticker':
        return this.attached(tx, conversationId, prepared.content, prepared.storedAs);
      case 'upload': {
        const upload = await this.uploads.take(tx, agentId, prepared.uploadId);
        const { name, mimeType, width, height, seconds } = upload;
        const content: MediaContent = {
          type: 'media',
          name,
          mimeType,
          size: Number(upload.size),
          state: 'ready',
          mediaId: null,
          ...(seconds === null ? {} : { seconds }),
          ...(width === null || height === null ? {} : { width, height }),
          ...(isPicture(mimeType) ? { thumbnails: true } : {}),
        };
        const { content: written, attach } = await this.attached(tx, conversationId, content, upload.id);
        return {
          content: written,
          attach: async (messageId) => {
            await attach(messageId);
            await this.uploads.taken(tx, upload.id, messageId);
          },
        };
      }
    }
  }

  private async attached(tx: Tx, conversationId: string, content: MediaContent, storedAs: string): Promise<Written> {
    const { id } = await tx.manager.save(Attachment, {
      conversationId,
      messageId: null,
      sourceUrl: null,
      state: 'ready' as const,
      name: content.name,
      mimeType: content.mimeType,
      size: String(content.size),
      storedAs,
      thumbnails: content.thumbnails ?? false,
      placed: null,
    });
    return {
      content: { ...content, mediaId: id },
      attach: async (messageId) => {
        await tx.query('update attachments set message_id = $2 where id = $1', [id, messageId]);
      },
    };
  }
}

function tooLong(label: string) {
  const limit = locationLimits.label;
  const message = `The label has ${label.length} UTF-16 units; ${limit} are allowed.`;
  const field = { field: 'content.label', rule: 'tooLong', message, limit, actual: label.length, unit: 'utf16' };
  return invalid([field], errorCodes.textTooLong);
}
