import { errorCodes, type Answered, type ErrorCode, type FieldError } from '#libs/contracts/index.js';

export interface AppErrorOptions {
  fields?: FieldError[];
  /** Sent as `Retry-After`. */
  retryAfterSeconds?: number;
  /** The reply that stands there already. */
  answered?: Answered;
  cause?: unknown;
}

/**
 * A fault that people may read: a stable code, a status, one English sentence. Everything else that is thrown leaves
 * the server as `internal`, without its text.
 */
export class AppError extends Error {
  constructor(
    readonly status: number,
    readonly code: ErrorCode,
    message: string,
    readonly options: AppErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'AppError';
  }
}

/** 404, also for what exists and may not be seen: the difference would tell something. */
export function notFound(what: string): AppError {
  return new AppError(404, errorCodes.notFound, `${what} does not exist, or you may not see it.`);
}

export function forbidden(message = 'You do not have the right to do this.'): AppError {
  return new AppError(403, errorCodes.forbidden, message);
}

export function conflict(code: ErrorCode, message: string): AppError {
  return new AppError(409, code, message);
}

/** 400 naming each field and, where there is one, the limit that it broke. */
export function invalid(fields: FieldError[], code: ErrorCode = errorCodes.invalid): AppError {
  return new AppError(400, code, fields.map((field) => `${field.field}: ${field.message}`).join(' '), { fields });
}
