import { unfilledCheck, wordsCheck } from '../../canned/checks.js';
import { confirmSend } from '../../writing/confirm-send.js';
import { secondAnswer } from '../../writing/second-answer.js';
import type { SendCheck } from './send-check.js';

/** Asked one after the other, in this order; the first false ends it. */
export const sendChecks: readonly SendCheck[] = [unfilledCheck, wordsCheck, secondAnswer, confirmSend];
