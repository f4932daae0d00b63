import { unfilledCheck, wordsCheck } from '../../canned/checks.js';
import type { SendCheck } from './send-check.js';

/** Asked one after the other, in this order; the first false ends it. */
export const sendChecks: readonly SendCheck[] = [unfilledCheck, wordsCheck];
