import type { Journal } from '../journal.js';
import type { Live } from '../live.js';
import type { Entry } from './entry.js';
import type { Thread } from './thread.js';
import { presentEntry, presentThread } from './shown.js';

/** Every message of the simulator, found by its id, by its thread, or in the order of creation. */
export class Threads {
  private readonly entries = new Map<string, Entry>();
  private readonly threads = new Map<string, Thread>();
  private readonly perHandset = new Map<string, Thread[]>();
  private readonly typingTimers = new Map<string, NodeJS.Timeout>();
  private readonly ordered: Entry[] = [];
  private seq = 0;

  constructor(
    private readonly journal: Journal,
    private readonly live: Live,
  ) {
    const kept = journal.kept<Entry>('entry').sort((a, b) => a.seq - b.seq);
    for (const entry of kept) {
      this.entries.set(entry.id, entry);
      this.ordered.push(entry);
      this.seq = entry.seq;
      if (entry.place !== null) this.thread(entry.msisdn, entry.botId).shown.push(entry);
    }
    for (const thread of this.threads.values()) {
      thread.shown.sort((a, b) => (a.place ?? 0) - (b.place ?? 0));
      thread.places = thread.shown.at(-1)?.place ?? 0;
    }
  }

  thread(msisdn: string, botId: string): Thread {
    const key = `${msisdn} ${botId}`;
    let thread = this.threads.get(key);
    if (!thread) {
      thread = { botId, msisdn, shown: [], places: 0, agentTyping: false };
      this.threads.set(key, thread);
      const threads = this.perHandset.get(msisdn);
      if (threads) threads.push(thread);
      else this.perHandset.set(msisdn, [thread]);
    }
    return thread;
  }

  ofHandset(msisdn: string): Thread[] {
    return this.perHandset.get(msisdn) ?? [];
  }

  find(id: string): Entry | undefined {
    return this.entries.get(id);
  }

  all(): readonly Entry[] {
    return this.ordered;
  }

  nextSeq(): number {
    this.seq += 1;
    return this.seq;
  }

  add(entry: Entry): void {
    this.entries.set(entry.id, entry);
    this.ordered.push(entry);
    this.journal.put('entry', entry.id, entry);
  }

  /** The phone shows it now, at the end of the thread. */
  show(entry: Entry): void {
    const thread = this.thread(entry.msisdn, entry.botId);
    thread.places += 1;
    entry.place = thread.places;
    thread.shown.push(entry);
    if (entry.from === 'bot') this.agentTyping(entry.msisdn, entry.botId, false);
    this.changed(entry);
  }

  changed(entry: Entry): void {
    this.journal.put('entry', entry.id, entry);
    if (entry.place === null || !this.live.listening) return;
    const { msisdn, botId } = entry;
    const data = { message: presentEntry(entry), summary: presentThread(this.thread(msisdn, botId)) };
    this.live.tell({ event: 'message', msisdn, botId, data });
  }

  agentTyping(msisdn: string, botId: string, active: boolean): void {
    const thread = this.thread(msisdn, botId);
    const key = `${msisdn} ${botId}`;
    clearTimeout(this.typingTimers.get(key));
    this.typingTimers.delete(key);
    if (active) {
      // A bot that never says "idle" must not type for ever.
      const timer = setTimeout(() => this.agentTyping(msisdn, botId, false), 20_000);
      timer.unref();
      this.typingTimers.set(key, timer);
    }
    if (thread.agentTyping === active) return;
    thread.agentTyping = active;
    this.live.tell({ event: 'typing', msisdn, botId, data: { active } });
  }

  close(): void {
    for (const timer of this.typingTimers.values()) clearTimeout(timer);
  }
}
