import { errorCodes, type Answered, type ErrorBody, type ErrorCode, type FieldError } from '#libs/contracts/index.js';

/** `network`: no answer came, so whether the server has done it is not known. */
export type FaultCode = ErrorCode | 'network';

export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly code: FaultCode,
    readonly status: number,
    readonly fields: FieldError[] = [],
    message: string = code,
    readonly requestId: string | null = null,
    /** With `already_answered`: the reply that stands there already. */
    readonly answered: Answered | null = null,
  ) {
    super(message);
  }

  /** Trying the same thing again may help. */
  get passing(): boolean {
    return this.status === 0 || this.status >= 500 || this.status === 429;
  }
}

const known = new Set<string>(Object.values(errorCodes));

/** Anything a server or a proxy in front of it may answer becomes one of our codes. */
export function errorFromAnswer(status: number, body: unknown): ApiError {
  if (isErrorBody(body)) {
    const { code, fields, message, requestId, answered } = body.error;
    const ours = known.has(code) ? code : codeOfStatus(status);
    return new ApiError(ours, status, fields ?? [], message, requestId, answered ?? null);
  }
  return new ApiError(codeOfStatus(status), status);
}

export function toApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError('network', 0, [], String(error));
}

function codeOfStatus(status: number): ErrorCode {
  if (status === 401) return errorCodes.unauthenticated;
  if (status === 403) return errorCodes.forbidden;
  if (status === 404) return errorCodes.notFound;
  if (status === 409) return errorCodes.conflict;
  if (status === 413) return errorCodes.bodyTooLarge;
  if (status === 429 || status === 503) return errorCodes.busy;
  return status >= 500 ? errorCodes.internal : errorCodes.badRequest;
}

function isErrorBody(body: unknown): body is ErrorBody {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false;
  const { error } = body;
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';
}
