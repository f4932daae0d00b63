import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { errorCodes, fileLimits, type UploadView } from '#libs/contracts/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { Jobs } from '#libs/platform/jobs/index.js';
import { MediaStore } from '#libs/platform/media/index.js';
import { Settings } from '#libs/platform/settings/index.js';
import { conflict, invalid, Log, notFound } from '#libs/platform/telemetry/index.js';
import { isPicture } from './allowed-files.js';
import { FileCheck, FileRefused } from './file-check.js';
import { Upload } from './upload.entity.js';

const PREPARE = 'media.prepare';
const CLEAN = 'media.cleanUploads';
/** Begun, or finished and never sent, it is kept for so long. */
const KEPT_MS = 24 * 60 * 60 * 1000;

/** Files between an agent's desk and a message: hers alone, looked at before anybody else can get them. */
@Injectable()
export class Uploads implements OnModuleInit {
  /** Where pieces are gathered. */
  readonly folder: string;

  constructor(
    settings: Settings,
    private readonly transactions: Transactions,
    private readonly dataSource: DataSource,
    private readonly jobs: Jobs,
    private readonly store: MediaStore,
    private readonly check: FileCheck,
    private readonly log: Log,
  ) {
    this.folder = join(settings.dataDir, 'uploads');
  }

  async onModuleInit(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    this.jobs.handle<{ uploadId: string }>(PREPARE, ({ uploadId }) => this.prepare(uploadId));
    this.jobs.at('41 * * * *', CLEAN, async () => {
      const uploads = await this.dropOlderThan(new Date(Date.now() - KEPT_MS));
      this.log.info({ uploads }, 'dropped uploads that nobody sent');
    });
  }

  async begin(agentId: string, upload: { id: string; name: string; mimeType: string; size: number }): Promise<void> {
    // Counted and written in one statement; two at once may both pass, and then there is one more.
    const begun = await this.dataSource.query<unknown[]>(
      `insert into uploads (id, agent_id, name, mime_type, size, state)
       select $1, $2, $3, $4, $5, 'receiving'
       where (select count(*) from uploads where agent_id = $2 and message_id is null and state <> 'refused') < $6
       returning id`,
      [upload.id, agentId, upload.name, upload.mimeType, upload.size, fileLimits.unsent],
    );
    if (begun.length > 0) return;
    const message = `There are ${fileLimits.unsent} files on their way already; send or drop some first.`;
    throw conflict(errorCodes.tooManyUploads, message);
  }

  /** Somebody else's looks like none. */
  async need(agentId: string, id: string): Promise<Upload> {
    const upload = await this.dataSource.getRepository(Upload).findOneBy({ id, agentId });
    if (!upload) throw notFound('The upload');
    return upload;
  }

  /** The last byte is there. */
  async received(id: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const begun = await tx.query(
        `update uploads set state = 'preparing' where id = $1 and state = 'receiving' returning id`,
        [id],
      );
      if (begun.length > 0) await this.jobs.add(tx, PREPARE, { uploadId: id }, { key: `prepare:${id}` });
    });
  }

  async view(agentId: string, id: string): Promise<UploadView> {
    let upload = await this.need(agentId, id);
    let received = Number(upload.size);
    if (upload.state === 'receiving') {
      received = await this.gathered(id);
      // Its last answer was lost on our side: nobody would say so again.
      if (received === Number(upload.size)) {
        await this.received(id);
        upload = await this.need(agentId, id);
      }
    }
    const { name, mimeType, state, refusal, found } = upload;
    return { id, name, mimeType, size: Number(upload.size), received, state, refusal, found };
  }

  /** Given up by its agent. One that was sent belongs to its message. */
  async drop(agentId: string, id: string): Promise<void> {
    const { messageId } = await this.need(agentId, id);
    if (messageId !== null) throw conflict(errorCodes.uploadUsed, 'The file was sent.');
    await this.transactions.run(async (tx) => {
      const gone = await tx.query('delete from uploads where id = $1 and message_id is null returning id', [id]);
      if (gone.length > 0) tx.afterCommit(() => void this.erase(id));
    });
  }

  /** Under the lock of its row: what is sent now cannot be sent twice. */
  async take(tx: Tx, agentId: string, id: string): Promise<Upload> {
    const upload = await tx.manager.findOne(Upload, { where: { id, agentId }, lock: { mode: 'pessimistic_write' } });
    if (!upload) throw notFound('The upload');
    if (upload.messageId !== null) throw conflict(errorCodes.uploadUsed, 'This file was sent before.');
    if (upload.state === 'refused') {
      const message = `The file was not taken: ${upload.refusal}${upload.found === null ? '' : ` (${upload.found})`}.`;
      throw invalid(
        [{ field: 'content.uploadId', rule: upload.refusal ?? 'refused', message }],
        errorCodes.fileRefused,
      );
    }
    if (upload.state !== 'ready') throw conflict(errorCodes.uploadNotReady, 'The file is still being prepared.');
    return upload;
  }

  async taken(tx: Tx, id: string, messageId: string): Promise<void> {
    await tx.query('update uploads set message_id = $2 where id = $1', [id, messageId]);
  }

  /** @returns how many rows went */
  async dropOlderThan(before: Date): Promise<number> {
    const [rows] = await this.dataSource.query<[{ id: string; message_id: string | null }[], number]>(
      'delete from uploads where created_at < $1 returning id, message_id',
      [before],
    );
    for (const { id, message_id } of rows) await (message_id === null ? this.erase(id) : this.erasePieces(id));
    // Pieces without a row: a process died between the two.
    for (const file of await readdir(this.folder)) {
      const path = join(this.folder, file);
      const touched = await stat(path).catch(() => null);
      if (touched !== null && touched.mtime < before) await rm(path, { force: true });
    }
    return rows.length;
  }

  private async prepare(id: string): Promise<void> {
    const upload = await this.dataSource.getRepository(Upload).findOneBy({ id });
    if (!upload || upload.state !== 'preparing') return;
    const pieces = join(this.folder, id);
    try {
      // A run before this one may have come as far as this.
      const adopted = (await this.store.size(id)) !== null;
      const path = adopted ? this.store.path(id) : pieces;
      const facts = await this.check.outgoing(path, upload.name, upload.mimeType);
      if (!adopted) await this.store.adopt(pieces, id);
      if (isPicture(facts.mimeType)) await this.check.thumbnails(id, { forPhones: true });
      const size = String(await this.store.size(id));
      await this.dataSource.getRepository(Upload).update(id, { ...facts, size, state: 'ready' });
      await this.erasePieces(id);
    } catch (fault) {
      if (!(fault instanceof FileRefused)) throw fault;
      const { refusal, found } = fault;
      await this.dataSource.getRepository(Upload).update(id, { state: 'refused', refusal, found });
      await this.erase(id);
      this.log.info({ uploadId: id, refusal, found }, 'a file was not taken');
    }
  }

  private async gathered(id: string): Promise<number> {
    return (await stat(join(this.folder, id)).catch(() => null))?.size ?? 0;
  }

  private async erase(id: string): Promise<void> {
    await this.erasePieces(id);
    await this.store.remove(id);
  }

  private async erasePieces(id: string): Promise<void> {
    for (const end of ['', '.json', '.bare']) await rm(join(this.folder, `${id}${end}`), { force: true });
  }
}
