import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Carrier } from '#libs/carrier/index.js';
import type { MediaContent } from '#libs/contracts/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { Jobs } from '#libs/platform/jobs/index.js';
import { MediaStore, TooLarge } from '#libs/platform/media/index.js';
import { Log } from '#libs/platform/telemetry/index.js';
import { Attachment } from './attachment.entity.js';
import { selectMessages, type MessageRow } from './message-row.js';
import { ThreadWriter } from './thread-writer.js';

/** What +Message lets a customer send. */
const FILE_LIMIT = 100 * 1024 * 1024;
const FETCH_LIMIT_MS = 120_000;
const REDIRECTS = 3;
const ATTEMPTS = 6;
/** The waits between the tries add up to about this: the try after it is the last one. */
const LAST_TRY_MS = 200_000;
const JOB = 'media.copy';

export interface ForeignFile {
  conversationId: string;
  messageId: string;
  content: MediaContent;
  url: string;
}

/** Links to customers' files die, so each file is copied at once: beside the message, never in its way. */
@Injectable()
export class MediaCopies implements OnModuleInit {
  constructor(
    private readonly transactions: Transactions,
    private readonly dataSource: DataSource,
    private readonly jobs: Jobs,
    private readonly store: MediaStore,
    private readonly carrier: Carrier,
    private readonly threads: ThreadWriter,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.jobs.handle<{ attachmentId: string }>(JOB, ({ attachmentId }) => this.copy(attachmentId));
  }

  async prepare(tx: Tx, files: ForeignFile[]): Promise<void> {
    for (const { conversationId, messageId, content, url } of files) {
      const attachment = await tx.manager.save(Attachment, {
        conversationId,
        messageId,
        sourceUrl: url,
        state: 'preparing',
        name: content.name,
        mimeType: content.mimeType,
        size: content.size === null ? null : String(content.size),
        storedAs: null,
      });
      await this.jobs.add(tx, JOB, { attachmentId: attachment.id }, { maxAttempts: ATTEMPTS });
    }
  }

  private async copy(attachmentId: string): Promise<void> {
    const attachment = await this.dataSource.getRepository(Attachment).findOneBy({ id: attachmentId });
    if (!attachment || attachment.state !== 'preparing') return;
    const [message] = await this.dataSource.query<MessageRow[]>(`${selectMessages} where m.id = $1`, [
      attachment.messageId,
    ]);
    if (!message || message.connection_id === null) return;
    try {
      const source = await this.fetch(message.connection_id, attachment.sourceUrl);
      const { name, size } = await this.store.put(source, FILE_LIMIT);
      await this.finish(attachment, message.id, { state: 'ready', storedAs: name, size });
    } catch (fault) {
      const final = fault instanceof Refused || fault instanceof TooLarge;
      if (!final && Date.now() - attachment.createdAt.getTime() < LAST_TRY_MS) throw fault;
      this.log.warn({ attachmentId, err: fault }, 'a file was not copied');
      await this.finish(attachment, message.id, { state: 'unavailable', storedAs: null, size: null });
    }
  }

  /** Only from where the connection's carrier keeps its files, each redirect asked again: a link must not lead us inside. */
  private async fetch(connectionId: string, address: string): Promise<Readable> {
    let url = address;
    for (let hop = 0; hop <= REDIRECTS; hop += 1) {
      if (!(await this.carrier.mayFetch(connectionId, url))) throw new Refused('not an address of the carrier');
      const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(FETCH_LIMIT_MS) });
      if (answer.status >= 300 && answer.status < 400) {
        await answer.body?.cancel();
        const next = answer.headers.get('location') ?? '';
        if (!URL.canParse(next, url)) throw new Refused('led nowhere');
        url = new URL(next, url).href;
        continue;
      }
      if (answer.status >= 400 && answer.status < 500 && answer.status !== 429)
        throw new Refused(`answered ${answer.status}`);
      if (!answer.ok || !answer.body) throw new Error(`the carrier answered ${answer.status} for a file`);
      return Readable.fromWeb(answer.body as ReadableStream<Uint8Array>);
    }
    throw new Refused('too many redirects');
  }

  private finish(
    attachment: Attachment,
    messageId: string,
    result: { state: 'ready' | 'unavailable'; storedAs: string | null; size: number | null },
  ): Promise<void> {
    return this.transactions.run(async (tx) => {
      const thread = await this.threads.lock(tx, attachment.conversationId);
      const [message] = await tx.query<MessageRow>(`${selectMessages} where m.id = $1`, [messageId]);
      if (!message) return;
      await tx.manager.update(Attachment, attachment.id, {
        state: result.state,
        storedAs: result.storedAs,
        ...(result.size === null ? {} : { size: String(result.size) }),
      });
      const content: MediaContent = {
        ...(message.content as MediaContent),
        state: result.state,
        mediaId: result.state === 'ready' ? attachment.id : null,
        ...(result.size === null ? {} : { size: result.size }),
      };
      const changed = this.threads.changed(thread, { ...message, content });
      await tx.query('update messages set change = $2, content = $3 where id = $1', [
        changed.id,
        changed.change,
        JSON.stringify(content),
      ]);
      await this.threads.save(tx, [thread]);
    });
  }
}

/** Trying again would not help. */
class Refused extends Error {}
