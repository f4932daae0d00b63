import type { DraftBody, DraftEvent, DraftSummary, DraftView, Mention } from '#libs/contracts/index.js';
import { movedMentions } from '../writing/mention-ranges.js';

export interface DraftDoors {
  save: (conversationId: string, body: DraftBody, lastChance: boolean) => Promise<unknown>;
  /** The server keeps this now, and so do all other screens. */
  changed?: (draft: DraftView) => void;
}

/** What stands in a composer and is not sent. Never changed in place: a new one for every change. */
export interface Draft {
  readonly reply: string;
  readonly note: string;
  /** In the note. */
  readonly mentions: readonly Mention[];
  readonly tab: 'reply' | 'note';
  /** The place of the newest message when the reply was begun. */
  readonly answering: number | null;
}

/** That something was begun in a conversation, and how it begins. */
export type DraftSign = Pick<DraftSummary, 'kind' | 'preview'>;

interface Entry {
  draft: Draft;
  /** As the server has it. */
  saved: Draft;
  version: number;
  timer: ReturnType<typeof setTimeout> | undefined;
  saving: Promise<void> | undefined;
  /** When it was saved last, by `turns`. */
  savedAt: number;
}

const REST_MS = 700;
const RETRY_MS = 5_000;
const GOODBYE_MS = 3_000;
const SIGN = 120;
const nothing: Draft = { reply: '', note: '', mentions: [], tab: 'reply', answering: null };

/**
 * What this agent has begun to write, kept here at once, on the server a moment later, and from there on all her screens. What
 * is typed here wins over what is heard until the server has it; what is heard wins over what merely stands here.
 */
export class Drafts {
  private readonly entries = new Map<string, Entry>();
  private readonly signs = new Map<string, DraftSign>();
  private readonly listeners = new Set<() => void>();
  /** Where an input method is composing right now: its field must not be touched. */
  private composing: string | null = null;
  private turns = 0;

  /** @param desk a word by which this screen knows its own news */
  constructor(
    private readonly doors: DraftDoors,
    private readonly desk: string = crypto.randomUUID(),
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** The same object until it changes. */
  readonly get = (conversationId: string): Draft => this.entries.get(conversationId)?.draft ?? nothing;

  readonly signOf = (conversationId: string): DraftSign | null => this.signs.get(conversationId) ?? null;

  /** What the server had when the conversation was read; an older one than is known here changes nothing. */
  open(conversationId: string, fromServer: DraftView | null): Draft {
    const entry = this.entries.get(conversationId);
    if (!entry) {
      this.entries.set(conversationId, entryOf(fromServer, 'reply'));
      return this.get(conversationId);
    }
    // Nothing there may be older news than what was saved from here; that it is gone is heard, or found by `refresh`.
    const newer = fromServer !== null && fromServer.version > entry.version;
    if (newer && !isDirty(entry) && this.composing !== conversationId) this.take(conversationId, entry, fromServer);
    return entry.draft;
  }

  /** @param seen the place of the newest message on the screen: a reply that is begun now answers it */
  write(
    conversationId: string,
    change: Partial<Pick<Draft, 'reply' | 'note' | 'tab' | 'mentions'>>,
    seen: number | null = null,
  ): void {
    const entry = this.entries.get(conversationId);
    if (!entry) return;
    const before = entry.draft;
    const next = { ...before, ...change };
    if (change.note !== undefined && change.mentions === undefined) {
      next.mentions = movedMentions(before.mentions, before.note, change.note);
    }
    if (next.reply === '') next.answering = null;
    else if (before.reply === '') next.answering = seen;
    entry.draft = next;
    if (isDirty(entry)) this.saveSoon(conversationId, entry, REST_MS);
    this.tell();
  }

  /** Words that were taken back stand in the field again, before whatever has been written there since. */
  putBack(conversationId: string, words: string, seen: number | null): void {
    const { reply } = this.get(conversationId);
    this.write(conversationId, { reply: reply === '' ? words : `${words}\n${reply}`, tab: 'reply' }, seen);
  }

  /** It was seen and is sent, or written on, all the same. */
  answer(conversationId: string, seen: number): void {
    const entry = this.entries.get(conversationId);
    if (!entry || entry.draft.reply === '') return;
    entry.draft = { ...entry.draft, answering: seen };
    this.saveSoon(conversationId, entry, REST_MS);
  }

  compose(conversationId: string | null): void {
    this.composing = conversationId;
  }

  isComposing(conversationId: string): boolean {
    return this.composing === conversationId;
  }

  /** `draft:changed` */
  hear(event: DraftEvent): void {
    this.sign(event.conversationId, event);
    const entry = this.entries.get(event.conversationId);
    if (!entry || event.version <= entry.version) return this.tell();
    if (event.desk === this.desk) entry.version = event.version;
    // Sent by this very screen: its field is empty, or holds already what comes next.
    else if (!isDirty(entry) && this.composing !== event.conversationId) {
      this.take(event.conversationId, entry, event);
      this.doors.changed?.(event);
    }
    this.tell();
  }

  /** All that the server keeps, after a (re)connect: what is there no longer was sent or thrown away on another screen. */
  async refresh(load: () => Promise<readonly DraftSummary[]>): Promise<void> {
    const before = (this.turns += 1);
    const summaries = await load();
    this.signs.clear();
    for (const { conversationId, kind, preview } of summaries) this.signs.set(conversationId, { kind, preview });
    for (const [id, entry] of this.entries) {
      if (isDirty(entry) || entry.saving || entry.savedAt > before) this.signHere(id, entry);
      else if (!this.signs.has(id)) this.take(id, entry, null);
    }
    this.tell();
  }

  /** Leaving the conversation, or the page. */
  flush(conversationId: string, lastChance = false): Promise<void> {
    const entry = this.entries.get(conversationId);
    return entry ? this.save(conversationId, entry, lastChance) : Promise.resolve();
  }

  /** Resolves when the server has everything, or does not answer in time. */
  async flushAll(): Promise<void> {
    const all = Promise.all([...this.entries.keys()].map((id) => this.flush(id, true)));
    let timer: ReturnType<typeof setTimeout> | undefined;
    await Promise.race([all, new Promise((resolve) => (timer = setTimeout(resolve, GOODBYE_MS)))]);
    clearTimeout(timer);
  }

  clear(): void {
    for (const entry of this.entries.values()) clearTimeout(entry.timer);
    this.entries.clear();
    this.signs.clear();
    this.composing = null;
    this.tell();
  }

  private take(conversationId: string, entry: Entry, fromServer: DraftView | null): void {
    const { draft, version } = entryOf(fromServer, entry.draft.tab);
    entry.saved = draft;
    entry.version = Math.max(entry.version, version);
    if (sameWords(draft, entry.draft)) return;
    entry.draft = draft;
    this.signHere(conversationId, entry);
    this.tell();
  }

  private saveSoon(conversationId: string, entry: Entry, rest: number): void {
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => void this.save(conversationId, entry, false), rest);
  }

  private async save(conversationId: string, entry: Entry, lastChance: boolean): Promise<void> {
    clearTimeout(entry.timer);
    // In order: an older text must not arrive behind a newer one. The page that closes cannot wait.
    if (entry.saving && !lastChance) await entry.saving;
    if (!isDirty(entry) || this.entries.get(conversationId) !== entry) return;
    const draft = entry.draft;
    entry.saving = this.put(conversationId, entry, draft, lastChance);
    await entry.saving;
  }

  private async put(conversationId: string, entry: Entry, draft: Draft, lastChance: boolean): Promise<void> {
    const { reply, note, mentions, answering } = draft;
    const body: DraftBody = { text: reply, note, mentions: [...mentions], answering, desk: this.desk };
    try {
      await this.doors.save(conversationId, body, lastChance);
      entry.saved = draft;
      entry.savedAt = this.turns += 1;
      if (this.entries.get(conversationId) !== entry) return;
      this.signHere(conversationId, entry);
      const { version } = entry;
      this.doors.changed?.({ conversationId, text: reply, note, mentions: [...mentions], answering, version });
      this.tell();
    } catch {
      if (this.entries.get(conversationId) === entry) this.saveSoon(conversationId, entry, RETRY_MS);
    } finally {
      entry.saving = undefined;
    }
  }

  private signHere(conversationId: string, { draft }: Entry): void {
    this.sign(conversationId, { text: draft.reply, note: draft.note });
  }

  private sign(conversationId: string, { text, note }: { text: string; note: string }): void {
    const words = text || note;
    if (words === '') this.signs.delete(conversationId);
    else {
      const preview = words
        .slice(0, SIGN * 2)
        .replace(/\s+/g, ' ')
        .trim()
        .slice(0, SIGN);
      this.signs.set(conversationId, { kind: text === '' ? 'note' : 'reply', preview });
    }
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

function entryOf(fromServer: DraftView | null, tab: Draft['tab']): Entry {
  const draft: Draft = fromServer
    ? {
        reply: fromServer.text,
        note: fromServer.note,
        mentions: fromServer.mentions,
        tab,
        answering: fromServer.answering,
      }
    : { ...nothing, tab };
  return { draft, saved: draft, version: fromServer?.version ?? 0, timer: undefined, saving: undefined, savedAt: 0 };
}

function isDirty({ draft, saved }: Entry): boolean {
  return !sameWords(draft, saved);
}

function sameWords(a: Draft, b: Draft): boolean {
  return (
    a.reply === b.reply &&
    a.note === b.note &&
    a.answering === b.answering &&
    JSON.stringify(a.mentions) === JSON.stringify(b.mentions)
  );
}
