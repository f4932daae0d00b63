import type { FileRefusal, LocationContent, Sticker, UploadView } from '#libs/contracts/index.js';
import { ApiError, toApiError, type FaultCode } from '../http/api-error.js';

/** What hangs above the field, or is on its way behind a message of its own. */
export type Attached = AttachedFile | AttachedPlace | AttachedSticker;

interface Hanging {
  key: string;
  conversationId: string;
  /** The place of the newest message when it was hung here: what it answers. */
  answering: number | null;
}

/** What it takes to hang it up once more. */
export type Original =
  { type: 'file'; file: File } | Pick<AttachedSticker, 'type' | 'sticker'> | Omit<AttachedPlace, keyof Hanging>;

export interface AttachedFile extends Hanging {
  type: 'file';
  name: string;
  mimeType: string;
  size: number;
  /** An address in this browser, for pictures it can show. */
  preview: string | null;
  /** `cut`: the line is away; it goes on by itself. `preparing`: the server looks at it. */
  state: 'waiting' | 'sending' | 'cut' | 'preparing' | 'ready' | 'refused' | 'failed';
  /** Bytes that the server has said it has; never what has merely left this browser. */
  received: number;
  /** Its name at the server, once it has one. */
  uploadId: string | null;
  refusal: FileRefusal | null;
  /** What it really is. */
  found: string | null;
  fault: FaultCode | null;
}

export interface AttachedPlace extends Hanging, Pick<LocationContent, 'latitude' | 'longitude' | 'label'> {
  type: 'location';
}

export interface AttachedSticker extends Hanging {
  type: 'sticker';
  sticker: Sticker;
}

/** A file on its way, piece by piece. */
export interface Transfer {
  /** From the beginning, or from where the server says it stands. Resolves with its name there. */
  run(): Promise<string>;
  /** Lets go of the line; what the server has stays there. */
  stop(): void;
}

export interface AttachmentDoors {
  transfer: (file: File, received: (bytes: number) => void) => Transfer;
  view: (uploadId: string) => Promise<UploadView>;
  drop: (uploadId: string) => Promise<unknown>;
  preview: (file: File) => string | null;
  forget: (preview: string) => void;
  /** Ends after so many milliseconds, or when the line is back. */
  pause: (milliseconds: number) => Promise<void>;
  /** The place of the newest message on the screen. */
  newest: (conversationId: string) => number | null;
  limit: number;
}

interface Work {
  file: File;
  transfer: Transfer | null;
  dropped: boolean;
  waiting: { resolve: (uploadId: string) => void; reject: (error: ApiError) => void }[];
}

const AT_ONCE = 2;
const LONGEST_PAUSE_MS = 10_000;
const ASK_MS = 150;

/**
 * Files of this tab between a desk and a message. They live outside of any screen: switching the conversation stops none.
 * A line that is cut stops one until it is back, and it goes on from what the server has.
 */
export class Attachments {
  private entries: readonly Attached[] = [];
  /** Those that were sent: their message waits for them. */
  private leaving: ReadonlySet<string> = new Set();
  private readonly works = new Map<string, Work>();
  private readonly listeners = new Set<() => void>();
  private running = 0;

  constructor(private readonly doors: AttachmentDoors) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly all = (): readonly Attached[] => this.entries;

  /** Still above the field. */
  hangingIn(conversationId: string): Attached[] {
    return this.entries.filter((each) => each.conversationId === conversationId && !this.leaving.has(each.key));
  }

  find(key: string): Attached | undefined {
    return this.entries.find((each) => each.key === key);
  }

  addFiles(conversationId: string, files: readonly File[]): void {
    const answering = this.doors.newest(conversationId);
    for (const file of files) {
      const key = crypto.randomUUID();
      const tooLarge = file.size > this.doors.limit;
      const empty = file.size === 0;
      this.works.set(key, { file, transfer: null, dropped: false, waiting: [] });
      this.set([
        ...this.entries,
        {
          type: 'file',
          key,
          conversationId,
          answering,
          name: file.name,
          mimeType: file.type,
          size: file.size,
          preview: this.doors.preview(file),
          state: tooLarge || empty ? 'refused' : 'waiting',
          received: 0,
          uploadId: null,
          refusal: tooLarge ? 'tooLarge' : empty ? 'broken' : null,
          found: null,
          fault: null,
        },
      ]);
    }
    this.next();
  }

  addPlace({ conversationId, ...place }: Omit<AttachedPlace, 'key' | 'type' | 'answering'>): void {
    this.set([...this.entries, { type: 'location', ...this.hanging(conversationId), ...place }]);
  }

  addSticker(conversationId: string, sticker: Sticker): void {
    this.set([...this.entries, { type: 'sticker', ...this.hanging(conversationId), sticker }]);
  }

  original(key: string): Original | undefined {
    const entry = this.find(key);
    if (entry?.type === 'sticker') return { type: 'sticker', sticker: entry.sticker };
    if (entry?.type === 'location') {
      const { latitude, longitude, label } = entry;
      return { type: 'location', latitude, longitude, ...(label === undefined ? {} : { label }) };
    }
    const file = this.works.get(key)?.file;
    return file && { type: 'file', file };
  }

  /** Taken back after it was sent: it hangs above the field again. A file goes up anew. */
  putBack(conversationId: string, original: Original): void {
    if (original.type === 'file') this.addFiles(conversationId, [original.file]);
    else if (original.type === 'sticker') this.addSticker(conversationId, original.sticker);
    else this.addPlace({ conversationId, ...original });
  }

  /** Its message was refused for an answer that came first, which is seen now: it hangs above the field again as it is. */
  stay(key: string, seen: number): void {
    this.leaving = new Set([...this.leaving].filter((each) => each !== key));
    this.set(this.entries.map((each) => (each.key === key ? { ...each, answering: seen } : each)));
  }

  /** What came meanwhile was seen, and these go all the same. */
  answer(conversationId: string, seen: number): void {
    const hanging = new Set(this.hangingIn(conversationId));
    this.set(this.entries.map((each) => (hanging.has(each) ? { ...each, answering: seen } : each)));
  }

  /** It goes with its message now; taken out of the tray, still on its way. */
  leave(key: string): void {
    this.leaving = new Set([...this.leaving, key]);
    this.set([...this.entries]);
  }

  /** Resolves when the server would take a message with it. */
  whenReady(key: string): Promise<string> {
    const work = this.works.get(key);
    const file = this.find(key);
    if (!work || file?.type !== 'file') return Promise.reject(new ApiError('not_found', 404));
    if (file.state === 'ready') return Promise.resolve(file.uploadId!);
    if (file.state === 'refused') return Promise.reject(new ApiError('file_refused', 400));
    if (file.state === 'failed') return Promise.reject(new ApiError(file.fault ?? 'internal', 400));
    return new Promise((resolve, reject) => work.waiting.push({ resolve, reject }));
  }

  retry(key: string): void {
    const file = this.find(key);
    if (file?.type !== 'file' || file.state !== 'failed') return;
    this.change(key, { state: 'waiting', fault: null });
    this.next();
  }

  /** Given up, here and at the server; or sent, and nothing more to do. */
  remove(key: string, { sent = false } = {}): void {
    const entry = this.find(key);
    const work = this.works.get(key);
    if (!entry) return;
    this.works.delete(key);
    this.set(this.entries.filter((each) => each.key !== key));
    this.leaving = new Set([...this.leaving].filter((each) => each !== key));
    if (entry.type !== 'file' || !work) return;
    work.dropped = true;
    work.transfer?.stop();
    if (entry.preview) this.doors.forget(entry.preview);
    for (const { reject } of work.waiting.splice(0)) reject(new ApiError('not_found', 404));
    if (!sent && entry.uploadId) void this.doors.drop(entry.uploadId).catch(() => undefined);
  }

  /** Of those that left, only these still wait for their message to be stored. */
  keepLeaving(keys: ReadonlySet<string | undefined>): void {
    for (const key of this.leaving) if (!keys.has(key)) this.remove(key, { sent: true });
  }

  clear(): void {
    for (const { key } of this.entries) this.remove(key);
  }

  /** Something would be lost if the page went now. */
  get busy(): boolean {
    return this.entries.some((each) => each.type === 'file' && each.state !== 'refused' && each.state !== 'failed');
  }

  private hanging(conversationId: string): Hanging {
    return { key: crypto.randomUUID(), conversationId, answering: this.doors.newest(conversationId) };
  }

  private next(): void {
    while (this.running < AT_ONCE) {
      const file = this.entries.find((each) => each.type === 'file' && each.state === 'waiting');
      const work = file && this.works.get(file.key);
      if (!file || !work) return;
      this.running += 1;
      this.change(file.key, { state: 'sending' });
      void this.run(file.key, work).finally(() => {
        this.running -= 1;
        this.next();
      });
    }
  }

  private async run(key: string, work: Work): Promise<void> {
    work.transfer ??= this.doors.transfer(work.file, (received) => {
      if (!work.dropped) this.change(key, { received, state: 'sending' });
    });
    for (let attempt = 1; !work.dropped; attempt += 1) {
      const before = this.received(key);
      try {
        const uploadId = await work.transfer.run();
        if (work.dropped) return void this.doors.drop(uploadId).catch(() => undefined);
        this.change(key, { uploadId, received: work.file.size, state: 'preparing' });
        return await this.prepared(key, work, uploadId);
      } catch (error) {
        if (work.dropped) return;
        const fault = toApiError(error);
        if (!isPassing(fault)) return this.fail(key, work, fault);
        // It came further than before: the line is well enough to begin with short pauses again.
        if (this.received(key) > before) attempt = 1;
        this.change(key, { state: 'cut' });
        await this.doors.pause(Math.min(LONGEST_PAUSE_MS, 500 * 2 ** attempt));
      }
    }
  }

  private async prepared(key: string, work: Work, uploadId: string): Promise<void> {
    for (let asked = 1; !work.dropped; asked += 1) {
      const view = await this.doors.view(uploadId);
      if (work.dropped) return;
      if (view.state === 'ready') {
        this.change(key, { state: 'ready', name: view.name, mimeType: view.mimeType });
        for (const { resolve } of work.waiting.splice(0)) resolve(uploadId);
        return;
      }
      if (view.state === 'refused') {
        this.change(key, { state: 'refused', refusal: view.refusal, found: view.found, uploadId: null });
        for (const { reject } of work.waiting.splice(0)) reject(new ApiError('file_refused', 400));
        return;
      }
      await this.doors.pause(Math.min(1000, ASK_MS * asked));
    }
  }

  private fail(key: string, work: Work, fault: ApiError): void {
    work.transfer = null;
    const refused = fault.code === 'file_too_large';
    this.change(
      key,
      refused ? { state: 'refused', refusal: 'tooLarge' } : { state: 'failed', fault: fault.code, received: 0 },
    );
    for (const { reject } of work.waiting.splice(0)) reject(fault);
  }

  private received(key: string): number {
    const file = this.find(key);
    return file?.type === 'file' ? file.received : 0;
  }

  private change(key: string, change: Partial<AttachedFile>): void {
    this.set(this.entries.map((each) => (each.key === key && each.type === 'file' ? { ...each, ...change } : each)));
  }

  private set(entries: readonly Attached[]): void {
    this.entries = entries;
    for (const listener of this.listeners) listener();
  }
}

/** A session that ended comes back with its person; a piece at the wrong place is asked for anew. */
function isPassing(fault: ApiError): boolean {
  return fault.passing || fault.status === 401 || fault.status === 423;
}
