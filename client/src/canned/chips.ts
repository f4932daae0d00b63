import type { Suggestion } from '#libs/contracts/index.js';

const KEPT = 'madoguchi.chips';
const none: readonly Suggestion[] = [];
const listeners = new Set<() => void>();
let chips: Readonly<Record<string, readonly Suggestion[]>> = read();

/** 選択肢 that a canned response brought along: they hang above the field and leave with its words, also after a reload. */
export function chipsOf(conversationId: string): readonly Suggestion[] {
  return chips[conversationId] ?? none;
}

export function hangChips(conversationId: string, suggestions: readonly Suggestion[]): void {
  const { [conversationId]: _, ...others } = chips;
  set(suggestions.length === 0 ? others : { ...others, [conversationId]: suggestions });
}

/** They go out now. */
export function takeChips(conversationId: string): { suggestions?: Suggestion[] } {
  const taken = chipsOf(conversationId);
  if (taken.length === 0) return {};
  hangChips(conversationId, none);
  return { suggestions: [...taken] };
}

export function dropAllChips(): void {
  set({});
}

export function watchChips(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function set(next: typeof chips): void {
  chips = next;
  sessionStorage.setItem(KEPT, JSON.stringify(next));
  for (const listener of listeners) listener();
}

function read(): typeof chips {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? '{}') as typeof chips;
  } catch {
    return {};
  }
}
