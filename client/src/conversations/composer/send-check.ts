import type { ReactNode } from 'react';
import type { Draft } from './writing.js';

/**
 * Shows a dialog over the composer and waits for its answer. The dialog calls `answer` once; when it is closed without a
 * choice it answers what means "not now". If the composer goes away first, nobody answers and nothing is sent.
 */
export type Ask = <A>(dialog: (answer: (choice: A) => void) => ReactNode) => Promise<A>;

/** False keeps the words where they are. A check that has nothing to say answers at once and fetches nothing. */
export type SendCheck = (draft: Draft, ask: Ask) => boolean | Promise<boolean>;
