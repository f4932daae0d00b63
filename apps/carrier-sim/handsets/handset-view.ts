import type { Threads } from '../threads/threads.js';
import { presentThread, type ThreadSummary } from '../threads/shown.js';
import type { Handset } from './handset.js';
import { displayNumber } from './phone-number.js';

export interface HandsetView extends Handset {
  /** `090-0000-0001` */
  display: string;
  threads: ThreadSummary[];
}

export function presentHandset(handset: Handset, threads: Threads): HandsetView {
  return {
    ...handset,
    display: displayNumber(handset.msisdn),
    threads: threads
      .ofHandset(handset.msisdn)
      .filter((thread) => thread.shown.length > 0)
      .map(presentThread),
  };
}
