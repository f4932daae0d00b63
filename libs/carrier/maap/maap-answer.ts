import { isObject, own, readText, readTime, within } from '../foreign-value.js';
import type { HttpResult } from '../http-caller.js';
import type { DeliveryReason } from '#libs/contracts/index.js';
import type { CallFailure, PlaceOutcome, SendOutcome } from '../outbound-message.js';
import { waitingTime } from '../waiting-time.js';
import { readId, receiptStatus } from './maap-reading.js';

export type Answered = Extract<HttpResult, { kind: 'answered' }>;

/** Pauses where the carrier names none. The caller grows them with the tries. */
const pauses = { tooFast: 2_000, carrierError: 2_000, notReached: 1_000, quietHours: 15 * 60_000 };

/**
 * The answer to a call that went well, or what its failure means. Gateways differ in bodies, so the code speaks first and the word of
 * the documented dialect makes it precise. A truthy `error` is a failure even under 2xx.
 */
export function answerOf(result: HttpResult, now = Date.now()): Answered | CallFailure {
  if (result.kind === 'lost') return { outcome: 'unknown', detail: result.detail };
  if (result.kind === 'not-sent') return later('carrier_error', pauses.notReached, result.detail, false);
  const error = own(within({ body: parsed(result) }, 'body'), 'error');
  const good = result.status >= 200 && result.status < 300;
  if (good && !error) return result;
  const { code, word, message } = readError(error);
  const status = good ? (code ?? 0) : result.status;
  const detail = [`HTTP ${result.status}`, word, message].filter((part) => part !== null && part !== '').join(': ');
  const pause = (fallback: number) => waitingTime(result.headers, now) ?? fallback;

  if (word === 'curfew_hrs') return later('quiet_hours', pause(pauses.quietHours), detail, false);
  if (status === 429) return later('too_fast', pause(pauses.tooFast), detail, false);
  if (status === 503) return later('carrier_error', pause(pauses.carrierError), detail, false);
  // With a body of its own the gateway was alive and says that it failed; without one a proxy lost sight of it.
  if (status === 500 && error) return later('carrier_error', pause(pauses.carrierError), detail, true);
  if (!good && status >= 500) return { outcome: 'unknown', detail };
  return { outcome: 'refused', reason: reasons[word ?? ''] ?? reasons[status] ?? fallbackReason(status), detail };
}

function later(reason: DeliveryReason, waitMs: number, detail: string, mayHaveSent: boolean): CallFailure {
  return { outcome: 'later', waitMs, reason, detail, mayHaveSent };
}

const reasons: Record<string | number, DeliveryReason | undefined> = {
  insufficient_balance: 'no_balance',
  rcs_disabled: 'not_reachable',
  invalid_template: 'rejected',
  opted_out: 'opted_out',
  ttl_expiration_revoke_failed: 'rejected',
  dnd_enabled: 'blocked',
  401: 'unauthorized',
  402: 'no_balance',
  403: 'unauthorized',
  404: 'not_reachable',
  410: 'opted_out',
  423: 'blocked',
};

function fallbackReason(status: number): DeliveryReason {
  return status >= 400 && status < 500 ? 'rejected' : 'carrier_error';
}

function readError(error: unknown): { code: number | null; word: string | null; message: string | null } {
  if (!isObject(error)) return { code: null, word: null, message: readText(error, 500) };
  const code = own(error, 'code');
  const word = readText(own(error, 'status'), 60)?.toLowerCase() ?? null;
  const message = readText(own(error, 'message'), 400);
  return { code: typeof code === 'number' && Number.isInteger(code) ? code : null, word, message };
}

/** How a send ended that did not fail. Any first status may stand in the answer, and an empty one is an answer too. */
export function sentOutcome(result: Answered): SendOutcome {
  const rcs = within({ body: parsed(result) }, 'body', 'RCSMessage');
  const status = receiptStatus(own(rcs, 'status')) ?? 'sent';
  if (status === 'failed' || status === 'cancelled') {
    const detail = readText(own(rcs, 'reason'), 500) ?? `HTTP ${result.status}: ${status}`;
    return { outcome: 'refused', reason: status === 'failed' ? 'carrier_error' : 'expired', detail };
  }
  return { outcome: 'sent', carrierMessageId: readId(own(rcs, 'msgId')), status };
}

/** A file as the carrier keeps it: `pending`, then `ready`; any other word is a failure. */
export function placedOutcome(result: Answered): PlaceOutcome {
  const file = within({ body: parsed(result) }, 'body', 'file');
  const ref = readId(own(file, 'fileId'));
  const url = readText(own(file, 'fileUrl'), 4096);
  const status = readText(own(file, 'status'), 60)?.toLowerCase() ?? 'ready';
  if (ref === null || url === null || !/^https?:\/\//i.test(url)) {
    return { outcome: 'refused', reason: 'carrier_error', detail: `HTTP ${result.status}: no file in the answer` };
  }
  if (status !== 'pending' && status !== 'ready') {
    return { outcome: 'refused', reason: 'rejected', detail: `HTTP ${result.status}: file ${status}` };
  }
  const validUntil = readTime(own(file, 'validity'))?.toISOString() ?? null;
  return { outcome: 'placed', file: { ref, url, ready: status === 'ready', validUntil } };
}

/** Words such as `chat`; null when the answer cannot be read. */
export function readCapabilities(result: Answered): string[] | null {
  const capabilities = own(within({ body: parsed(result) }, 'body'), 'capabilities');
  if (!Array.isArray(capabilities)) return null;
  return capabilities.filter((word): word is string => typeof word === 'string').slice(0, 100);
}

export function parsed({ body }: { body: string }): unknown {
  if (body.trim() === '') return null;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return null;
  }
}
