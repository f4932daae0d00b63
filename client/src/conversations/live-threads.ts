import type { QueryClient } from '@tanstack/react-query';
import type { MessageEvent, MessageView } from '#libs/contracts/index.js';
import type { Live } from '../connection/live.js';
import { api } from '../http/api.js';
import { changesSince } from './changes-since.js';
import { heardMessages, isGone, keys, PAGE } from './queries.js';
import { applyAnswer, applyChanges, applyMessage, prependPage, type Thread } from './thread.cache.js';
import {
  applyChangesToWindow,
  applyMessageToWindow,
  extendWindow,
  joinWindow,
  meets,
  type PastWindow,
} from './window.cache.js';

/** A missing event often arrives just after the one that showed the gap. */
const GAP_PATIENCE_MS = 150;
const REPAIR_AGAIN_MS = 3_000;

/** The threads in the query cache: what is heard is applied, a gap is repaired. */
export class LiveThreads {
  private readonly gapTimers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly repairs = new Map<string, Promise<void>>();
  private readonly loadingOlder = new Map<string, Promise<void>>();

  /** @param lose called when the server says that a thread is no longer this agent's to see */
  constructor(
    private readonly client: QueryClient,
    private readonly live: Live,
    private readonly lose: (id: string) => void,
  ) {}

  get(id: string): Thread | undefined {
    return this.client.getQueryData<Thread>(keys.thread(id));
  }

  drop(id: string): void {
    this.client.removeQueries({ queryKey: keys.thread(id) });
    this.client.removeQueries({ queryKey: keys.windows(id) });
  }

  async reset(id: string): Promise<void> {
    await this.client.resetQueries({ queryKey: keys.thread(id) });
    // Too much has changed to say what of it a window shows.
    await this.client.invalidateQueries({ queryKey: keys.windows(id) });
  }

  message(event: MessageEvent): void {
    heardMessages.hear(event);
    this.changeWindows(event.conversationId, (window) => applyMessageToWindow(window, event));
    this.change(event.conversationId, (thread) => applyMessage(thread, event));
  }

  /** The answer to a post of our own. Resolves when the message stands in the thread. */
  async answer(message: MessageView): Promise<void> {
    const id = message.conversationId;
    this.client.setQueryData<Thread>(keys.thread(id), (thread) => thread && applyAnswer(thread, message));
    const thread = this.get(id);
    if (thread && !thread.messages.some((known) => known.id === message.id)) await this.repair(id);
  }

  loadOlder(id: string): Promise<void> {
    const running = this.loadingOlder.get(id);
    if (running) return running;
    const thread = this.get(id);
    const before = thread?.messages[0]?.seq;
    if (!thread?.hasOlder || before === undefined) return Promise.resolve();
    const loading = api
      .messages(id, { before, limit: PAGE })
      .then((page) => this.change(id, (known) => prependPage(known, page)))
      .finally(() => this.loadingOlder.delete(id));
    this.loadingOlder.set(id, loading);
    return loading;
  }

  /** More of a stretch of an earlier time, and what it reaches to: from then on it is a part of the thread. */
  async extend(window: PastWindow, side: 'before' | 'after'): Promise<void> {
    const { conversationId: id, target } = window;
    const bound = side === 'before' ? window.messages[0]?.seq : window.messages.at(-1)?.seq;
    if (bound === undefined) return;
    const page = await api.messages(id, { [side]: bound, limit: PAGE });
    const key = keys.window(id, target);
    const grown = this.client.getQueryData<PastWindow>(key);
    if (grown) this.client.setQueryData<PastWindow>(key, extendWindow(grown, page, side));
    this.join(id, target);
  }

  /** @returns whether the two are one now */
  join(id: string, target: string): boolean {
    const window = this.client.getQueryData<PastWindow>(keys.window(id, target));
    const thread = this.get(id);
    if (!window || !thread || !meets(window, thread)) return false;
    this.change(id, (known) => joinWindow(known, window));
    return true;
  }

  repair(id: string): Promise<void> {
    const running = this.repairs.get(id);
    if (running) return running;
    const repair = this.askForChanges(id)
      .catch((error: unknown) => {
        if (isGone(error)) return this.lose(id);
        // With the line down the next connect asks again; with the line up nobody else would.
        if (this.live.online) this.repairLater(id, REPAIR_AGAIN_MS);
      })
      .finally(() => this.repairs.delete(id));
    this.repairs.set(id, repair);
    return repair;
  }

  /** Another person sits down. */
  forget(): void {
    for (const timer of this.gapTimers.values()) clearTimeout(timer);
    this.gapTimers.clear();
  }

  private async askForChanges(id: string): Promise<void> {
    const start = this.get(id)?.lastChange;
    if (start === undefined) return;
    const pages = await changesSince(id, start);
    if (pages === null) return this.reset(id);
    for (const { page, since } of pages) this.changeWindows(id, (window) => applyChangesToWindow(window, page, since));
    // All at once: by `change` a later message may come before an earlier one, and half of it would show a hole.
    this.change(id, (thread) =>
      pages.reduce<{ thread: Thread; gap: boolean }>(
        (state, { page, since }) => applyChanges(state.thread, page, since),
        { thread, gap: false },
      ),
    );
  }

  private change(id: string, change: (thread: Thread) => { thread: Thread; gap: boolean }): void {
    const thread = this.get(id);
    if (!thread) return;
    const next = change(thread);
    if (next.thread !== thread) this.client.setQueryData(keys.thread(id), next.thread);
    clearTimeout(this.gapTimers.get(id));
    this.gapTimers.delete(id);
    if (next.gap) this.repairLater(id, GAP_PATIENCE_MS);
  }

  private changeWindows(id: string, change: (window: PastWindow) => PastWindow): void {
    this.client.setQueriesData<PastWindow>({ queryKey: keys.windows(id) }, (window) => window && change(window));
  }

  private repairLater(id: string, milliseconds: number): void {
    clearTimeout(this.gapTimers.get(id));
    this.gapTimers.set(
      id,
      setTimeout(() => void this.repair(id), milliseconds),
    );
  }
}
