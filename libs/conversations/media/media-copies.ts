import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Carrier } from '#libs/carrier/index.js';
import { fileLimits, type FileRefusal, type MediaContent } from '#libs/contracts/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { Jobs } from '#libs/platform/jobs/index.js';
import { MediaStore, OutsideFile, OutsideRefused, TooLarge } from '#libs/platform/media/index.js';
import { Log } from '#libs/platform/telemetry/index.js';
import { selectMessages, type MessageRow } from '../threads/message-row.js';
import { ThreadWriter } from '../threads/thread-writer.js';
import { isPicture } from './allowed-files.js';
import { Attachment } from './attachment.entity.js';
import { FileCheck, FileRefused, type FileFacts } from './file-check.js';

const FETCH_LIMIT_MS = 120_000;
/** So long without a byte, and the other side has fallen silent. */
const SILENCE_MS = 20_000;
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
    private readonly check: FileCheck,
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
    if (!attachment || attachment.state !== 'preparing' || attachment.sourceUrl === null) return;
    const [message] = await this.dataSource.query<MessageRow[]>(`${selectMessages} where m.id = $1`, [
      attachment.messageId,
    ]);
    if (!message || message.connection_id === null) return;
    let storedAs: string | null = null;
    try {
      const source = await this.source(message.connection_id).open(attachment.sourceUrl);
      const { name, size } = await this.store.put(source, fileLimits.bytes);
      storedAs = name;
      const facts = await this.check.incoming(this.store.path(name), attachment.mimeType);
      const thumbnails = isPicture(facts.mimeType);
      if (thumbnails) await this.check.thumbnails(name, { forPhones: false });
      await this.finish(attachment, message.id, { state: 'ready', storedAs: name, size, facts, thumbnails });
    } catch (fault) {
      if (storedAs !== null) await this.store.remove(storedAs);
      const refusal = refusalOf(fault);
      if (refusal === null && Date.now() - attachment.createdAt.getTime() < LAST_TRY_MS) throw fault;
      this.log.warn({ attachmentId, refusal, err: fault }, 'a file was not copied');
      await this.finish(attachment, message.id, { state: 'unavailable', refusal: refusal ?? 'gone' });
    }
  }

  /** Only from where the connection's carrier keeps its files, each redirect asked again: a link must not lead us inside. */
  private source(connectionId: string): OutsideFile {
    return new OutsideFile({
      may: async (url) => {
        if (!(await this.carrier.mayFetch(connectionId, url))) return 'no';
        return (await this.carrier.mayBePrivate(connectionId, url)) ? 'anywhere' : 'public';
      },
      limit: fileLimits.bytes,
      wholeMs: FETCH_LIMIT_MS,
      silenceMs: SILENCE_MS,
    });
  }

  private finish(attachment: Attachment, messageId: string, result: Result): Promise<void> {
    return this.transactions.run(async (tx) => {
      const thread = await this.threads.lock(tx, attachment.conversationId);
      const [message] = await tx.query<MessageRow>(`${selectMessages} where m.id = $1`, [messageId]);
      if (!message) return;
      const before = message.content as MediaContent;
      const content =
        result.state === 'ready' ? readyContent(before, attachment.id, result) : brokenContent(before, result);
      await tx.manager.update(Attachment, attachment.id, {
        state: result.state,
        mimeType: content.mimeType,
        ...(result.state === 'ready'
          ? { storedAs: result.storedAs, size: String(result.size), thumbnails: result.thumbnails }
          : {}),
      });
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

type Result =
  | { state: 'ready'; storedAs: string; size: number; facts: FileFacts; thumbnails: boolean }
  | { state: 'unavailable'; refusal: FileRefusal };

function readyContent(
  before: MediaContent,
  mediaId: string,
  result: Extract<Result, { state: 'ready' }>,
): MediaContent {
  const { facts, size, thumbnails } = result;
  const { width, height, mimeType } = facts;
  return {
    ...before,
    state: 'ready',
    mediaId,
    size,
    mimeType,
    ...(width === null || height === null ? {} : { width, height }),
    // What the carrier said of a voice message goes before what its boxes say.
    ...(before.seconds !== undefined || facts.seconds === null ? {} : { seconds: facts.seconds }),
    ...(thumbnails ? { thumbnails } : {}),
  };
}

function brokenContent(before: MediaContent, { refusal }: { refusal: FileRefusal }): MediaContent {
  return { ...before, state: 'unavailable', mediaId: null, refusal };
}

/** Null: trying again may help. */
function refusalOf(fault: unknown): FileRefusal | null {
  if (fault instanceof FileRefused) return fault.refusal;
  if (fault instanceof OutsideRefused) return fault.why;
  return fault instanceof TooLarge ? 'tooLarge' : null;
}
