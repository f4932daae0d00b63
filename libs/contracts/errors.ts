/**
 * Every fault that leaves the server, over HTTP or in a socket acknowledgement, has this one shape.
 * `code` is stable and meant for programs; `message` is an English sentence for developers and logs;
 * screens translate by `code`. Unknown faults are `internal` and never carry their own text.
 */
export interface ErrorBody {
  error: {
    code: ErrorCode;
    message: string;
    /** One entry per offending field, with the limit that it broke where there is one. */
    fields?: FieldError[];
    /** With `already_answered`: the reply that stands there already. */
    answered?: Answered;
    requestId: string;
  };
}

export interface Answered {
  by: { id: string; name: string };
  seq: number;
  at: string;
}

export interface FieldError {
  /** Path of the field in the body or the query, e.g. `content.text`. */
  field: string;
  /** Stable word for the broken rule, e.g. `tooLong`, `required`, `notANumber`. */
  rule: string;
  message: string;
  limit?: number;
  actual?: number;
  /** What `limit` and `actual` count, e.g. `utf16` or `bytes`. */
  unit?: string;
}

export const errorCodes = {
  badRequest: 'bad_request',
  invalidJson: 'invalid_json',
  invalid: 'invalid',
  unauthenticated: 'unauthenticated',
  wrongCredentials: 'wrong_credentials',
  tooManyAttempts: 'too_many_attempts',
  forbidden: 'forbidden',
  notFound: 'not_found',
  methodNotAllowed: 'method_not_allowed',
  conflict: 'conflict',
  alreadyAssigned: 'already_assigned',
  /** A colleague has answered meanwhile; `anyway: true` sends it all the same. */
  alreadyAnswered: 'already_answered',
  notAssignee: 'not_assignee',
  contactClosed: 'contact_closed',
  /** The contact is in a state in which this cannot be done. */
  wrongState: 'wrong_state',
  /** She has no free slot; a supervisor may send `override: true`. */
  overCapacity: 'over_capacity',
  /** The agent cannot be asked now: away, offline, not responding. */
  notAvailable: 'not_available',
  /** The offer was accepted, declined, withdrawn or expired before. */
  offerEnded: 'offer_ended',
  /** Contacts still wait in it, or another queue overflows into it. */
  queueInUse: 'queue_in_use',
  /** Nothing is sent to a customer who is blocked. */
  customerBlocked: 'customer_blocked',
  /** She wants no messages (配信停止): only an open enquiry of hers may be answered. */
  customerOptedOut: 'customer_opted_out',
  /** The number belongs to another person now. */
  numberReassigned: 'number_reassigned',
  /** One of the two is merged with somebody already. */
  alreadyMerged: 'already_merged',
  /** A bot's answer came too late, or the turn was answered already. */
  turnOver: 'turn_over',
  notRetryable: 'not_retryable',
  notRevocable: 'not_revocable',
  textTooLong: 'text_too_long',
  /** The text holds a word that the account does not let through. */
  forbiddenWord: 'forbidden_word',
  /** Rows of a file cannot be taken in; nothing was. */
  badRows: 'bad_rows',
  invalidPhone: 'invalid_phone',
  bodyTooLarge: 'body_too_large',
  unsupportedMedia: 'unsupported_media_type',
  fileTooLarge: 'file_too_large',
  /** The upload's content was looked at and not taken; its view says why. */
  fileRefused: 'file_refused',
  /** Its last bytes are missing, or it is still being looked at. */
  uploadNotReady: 'upload_not_ready',
  /** It was sent before; a file is sent once. */
  uploadUsed: 'upload_used',
  tooManyUploads: 'too_many_uploads',
  busy: 'busy',
  /** A later search of the same agent has taken the place of this one. */
  searchSuperseded: 'search_superseded',
  carrierUnavailable: 'carrier_unavailable',
  internal: 'internal',
} as const;

export type ErrorCode = (typeof errorCodes)[keyof typeof errorCodes];
