import { useSyncExternalStore } from 'react';
import type { CustomerView, OfferOutcome, OfferView } from '#libs/contracts/index.js';

/** An offer that ended without a press at this screen. */
export interface Parting {
  id: string;
  customer: CustomerView;
  outcome: OfferOutcome;
}

const SHOWN_MS = 6_000;
const MOST = 3;

/** What became of offers that went by themselves: said for a few seconds, where they stood. */
export class Partings {
  private shown: readonly Parting[] = [];
  private readonly listeners = new Set<() => void>();

  readonly all = (): readonly Parting[] => this.shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  tell({ id, conversation, conversationId }: OfferView, outcome: OfferOutcome): void {
    // Taken by another button of this very screen: what she sees says it.
    if (outcome === 'accepted' && location.pathname === `/c/${conversationId}`) return;
    this.set([...this.shown, { id, customer: conversation.customer, outcome }].slice(-MOST));
    setTimeout(() => this.set(this.shown.filter((parting) => parting.id !== id)), SHOWN_MS);
  }

  clear(): void {
    this.set([]);
  }

  private set(next: readonly Parting[]): void {
    this.shown = next;
    for (const listener of this.listeners) listener();
  }
}

export function usePartings(partings: Partings): readonly Parting[] {
  return useSyncExternalStore(partings.subscribe, partings.all);
}
