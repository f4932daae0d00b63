import { useSyncExternalStore } from 'react';
import type { MessageView, TypingEvent } from '#libs/contracts/index.js';
import { applyTyping, endTyping, expireTyping, type Typing, type Writer } from './typing.cache.js';

const nobody: readonly Writer[] = [];

/** Who is typing. Fleeting: nothing here is kept, and every entry ends by itself. */
export class TypingStore {
  private typing: Typing = {};
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();

  hear(event: TypingEvent): void {
    this.set(applyTyping(this.typing, event, Date.now()));
  }

  wrote(message: MessageView): void {
    this.set(endTyping(this.typing, message.conversationId, message.author));
  }

  clear(): void {
    this.set({});
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly in = (conversationId: string): readonly Writer[] => this.typing[conversationId] ?? nobody;

  private set(typing: Typing): void {
    if (typing === this.typing) return;
    this.typing = typing;
    for (const listener of this.listeners) listener();
    clearTimeout(this.timer);
    const ends = Object.values(typing).flatMap((writers) => writers.map((writer) => writer.until));
    if (ends.length === 0) return;
    const wait = Math.max(0, Math.min(...ends) - Date.now()) + 10;
    this.timer = setTimeout(() => this.set(expireTyping(this.typing, Date.now())), wait);
  }
}

export function useWriters(store: TypingStore, conversationId: string): readonly Writer[] {
  return useSyncExternalStore(store.subscribe, () => store.in(conversationId));
}
