import { randomUUID } from 'node:crypto';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DatabaseAddress, type LastStatement, type Tx } from '#libs/platform/database/index.js';
import { Log, Metrics } from '#libs/platform/telemetry/index.js';
import { Listener } from './listener.js';

export type Origin = 'here' | 'elsewhere';

/**
 * @param refs small references, in the order in which they were announced
 * @param memory with origin `here` what was handed over beside each reference, so that nobody reads it again
 */
export type AnnouncementHandler = (refs: unknown[], origin: Origin, memory: unknown[]) => void | Promise<void>;

interface Notice {
  node: string;
  topic: string;
  refs: unknown[];
}

interface Said {
  refs: unknown[];
  memory: unknown[];
}

/** PostgreSQL refuses notifications of 8,000 bytes and more. */
const PAYLOAD_BYTES = 7_500;
const CHANNEL = 'madoguchi';

/**
 * News that must be neither early nor lost. An announcement is part of the transaction that it is about: other nodes
 * hear it from the database at commit, this node from memory right after, and skips the echo. A node whose listening
 * connection was cut cannot know what it missed: `onGap` tells everybody to repair.
 *
 * NOTIFY takes a lock at commit, so there is one per transaction and topic, with all references in it.
 */
@Injectable()
export class Announcements implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly signature = `{"node":"${randomUUID()}",`;
  private readonly handlers = new Map<string, AnnouncementHandler[]>();
  private readonly gapHandlers: (() => void)[] = [];
  private readonly open = new WeakMap<Tx, Map<string, Said>>();
  private readonly waiting = new Map<string, unknown[]>();
  private readonly listener: Listener;

  constructor(
    address: DatabaseAddress,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.listener = new Listener(address.url, CHANNEL, log, metrics, {
      heard: (payload) => this.heard(payload),
      restored: () => this.gap(),
    });
  }

  announce(tx: Tx, topic: string, ref: unknown, memory?: unknown): void {
    let topics = this.open.get(tx);
    if (!topics) {
      const said = (topics = new Map<string, Said>());
      this.open.set(tx, said);
      tx.beforeCommit(() => this.notification(said));
      tx.afterCommit(() => said.forEach(({ refs, memory: kept }, name) => void this.tell(name, refs, 'here', kept)));
      tx.onUncertain(() => this.gap());
    }
    const said = topics.get(topic) ?? { refs: [], memory: [] };
    topics.set(topic, said);
    said.refs.push(ref);
    said.memory.push(memory);
  }

  on(topic: string, handler: AnnouncementHandler): void {
    this.handlers.set(topic, [...(this.handlers.get(topic) ?? []), handler]);
  }

  /** Something may have been missed: caches are to be dropped, screens to be told. */
  onGap(handler: () => void): void {
    this.gapHandlers.push(handler);
  }

  get listening(): boolean {
    return this.listener.listening;
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.listener.open();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.listener.close();
  }

  private notification(topics: Map<string, Said>): LastStatement {
    const payloads: string[] = [];
    for (const [topic, { refs }] of topics) {
      let part: string[] = [];
      let bytes = 0;
      for (const ref of refs) {
        const said = JSON.stringify(ref);
        const size = Buffer.byteLength(said) + 1;
        if (bytes + size > PAYLOAD_BYTES) {
          payloads.push(this.payload(topic, part));
          part = [];
          bytes = 0;
        }
        part.push(said);
        bytes += size;
      }
      payloads.push(this.payload(topic, part));
    }
    const sql = `select pg_notify('${CHANNEL}', said) from unnest($1::text[]) said`;
    return { name: 'realtime.notify', sql, params: [payloads] };
  }

  /** As `Notice`; the node comes first, so that it knows its own echo without reading it. */
  private payload(topic: string, refs: string[]): string {
    return `${this.signature}"topic":${JSON.stringify(topic)},"refs":[${refs.join()}]}`;
  }

  private heard(payload: string): void {
    if (payload.startsWith(this.signature)) return;
    const notice = readNotice(payload);
    if (!notice) return this.log.warn({}, 'a foreign notification was passed over');
    const waiting = this.waiting.get(notice.topic);
    if (waiting) {
      waiting.push(...notice.refs);
      return;
    }
    this.waiting.set(notice.topic, [...notice.refs]);
    void this.drain(notice.topic);
  }

  /** One topic at a time, in order; what arrives meanwhile goes along in the next turn. */
  private async drain(topic: string): Promise<void> {
    for (;;) {
      const refs = this.waiting.get(topic);
      if (!refs || refs.length === 0) break;
      this.waiting.set(topic, []);
      await this.tell(topic, refs, 'elsewhere', []);
    }
    this.waiting.delete(topic);
  }

  private tell(topic: string, refs: unknown[], origin: Origin, memory: unknown[]): Promise<void> {
    const failed = (fault: unknown): void => {
      this.log.error({ err: fault, topic }, 'an announcement could not be passed on');
      this.gap();
    };
    const pending: Promise<void>[] = [];
    for (const handler of this.handlers.get(topic) ?? []) {
      try {
        const result = handler(refs, origin, memory);
        if (result) pending.push(result.catch(failed));
      } catch (fault) {
        failed(fault);
      }
    }
    return Promise.all(pending).then(() => undefined);
  }

  private gap(): void {
    for (const handler of this.gapHandlers) handler();
  }
}

function readNotice(payload: string): Notice | null {
  try {
    const notice = JSON.parse(payload) as Partial<Notice> | null;
    return typeof notice?.topic === 'string' && Array.isArray(notice.refs) ? (notice as Notice) : null;
  } catch {
    return null;
  }
}
