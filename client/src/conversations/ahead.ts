import type { ConversationDetail, MessagePage } from '#libs/contracts/index.js';

export interface AheadDoors {
  detail: (id: string) => Promise<ConversationDetail>;
  page: (id: string) => Promise<MessagePage>;
  now: () => number;
}

interface Entry {
  id: string;
  at: number;
  detail: Promise<ConversationDetail | undefined> | undefined;
  page: Promise<MessagePage | undefined> | undefined;
}

const FRESH_MS = 5_000;
/** A pointer that wanders over the list reads no faster than this. */
const REST_MS = 250;

/**
 * One conversation that somebody is about to open, read before she does: the one the pointer rests on. Nobody is told that it is
 * looked at. Any news of it, or a few seconds, and it is forgotten; what opens it asks for itself then. Whether messages came
 * since the page was read is told by the counters, as always.
 */
export class Ahead {
  private known: Entry | null = null;
  private readAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly doors: AheadDoors) {}

  read(id: string): void {
    const now = this.doors.now();
    if (this.find(id) || now - this.readAt < REST_MS) return;
    this.readAt = now;
    const asked = { detail: this.doors.detail(id), page: this.doors.page(id) };
    // Whoever opens it is told what is wrong, by her own question.
    const nothing = () => undefined;
    this.known = { id, at: now, detail: asked.detail.catch(nothing), page: asked.page.catch(nothing) };
  }

  /** It has changed. */
  forget(id: string): void {
    if (this.known?.id === id) this.known = null;
  }

  /** Once: whoever asks again wants it anew. */
  async detail(id: string): Promise<ConversationDetail | undefined> {
    const entry = this.find(id);
    const taken = entry?.detail;
    if (entry) entry.detail = undefined;
    const detail = await taken;
    // News may have come while it was on its way.
    return this.known === entry ? detail : undefined;
  }

  /** Once, too. */
  async page(id: string): Promise<MessagePage | undefined> {
    const entry = this.find(id);
    const taken = entry?.page;
    if (entry) entry.page = undefined;
    return await taken;
  }

  private find(id: string): Entry | undefined {
    if (this.known?.id !== id || this.doors.now() - this.known.at > FRESH_MS) return undefined;
    return this.known;
  }
}
