/** Which picture is enlarged. A store of its own: the row that opened it may be scrolled away meanwhile. */
export interface Viewed {
  conversationId: string;
  mediaId: string;
}

let viewed: Viewed | null = null;
const listeners = new Set<() => void>();

function show(next: Viewed | null): void {
  viewed = next;
  for (const listener of listeners) listener();
}

export const viewer = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  current: (): Viewed | null => viewed,
  open: (conversationId: string, mediaId: string): void => show({ conversationId, mediaId }),
  close: (): void => show(null),
};
