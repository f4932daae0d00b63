import { HttpException } from '@nestjs/common';
import { errorCodes, type ErrorBody, type ErrorCode } from '#libs/contracts/index.js';
import { AppError } from './app-error.js';

interface FastifyFault {
  code?: unknown;
  statusCode?: unknown;
  message?: unknown;
}

/** What leaves for a fault: status, body, whether it is ours to worry about, and the pause to ask for. */
export interface Answer {
  status: number;
  body: ErrorBody;
  ours: boolean;
  retryAfterSeconds?: number;
}

const byStatus: Record<number, ErrorCode> = {
  400: errorCodes.badRequest,
  401: errorCodes.unauthenticated,
  403: errorCodes.forbidden,
  404: errorCodes.notFound,
  405: errorCodes.methodNotAllowed,
  409: errorCodes.conflict,
  413: errorCodes.bodyTooLarge,
  415: errorCodes.unsupportedMedia,
  429: errorCodes.tooManyAttempts,
  503: errorCodes.busy,
};

/** The same shape for HTTP and for socket acknowledgements. `bodyLimit` is in bytes and is told to whoever broke it. */
export function toAnswer(fault: unknown, requestId: string, bodyLimit: number): Answer {
  if (fault instanceof AppError) {
    const { answered, fields, retryAfterSeconds } = fault.options;
    const more = { ...(fields ? { fields } : {}), ...(answered ? { answered } : {}) };
    return {
      status: fault.status,
      ours: fault.status >= 500 && fault.status !== 503,
      retryAfterSeconds,
      body: { error: { code: fault.code, message: fault.message, ...more, requestId } },
    };
  }
  const foreign = fault as FastifyFault;
  const status = fault instanceof HttpException ? fault.getStatus() : Number(foreign?.statusCode ?? 500);
  if (status >= 400 && status < 500) {
    return { status, ours: false, body: { error: { ...described(status, foreign, bodyLimit), requestId } } };
  }
  if (isAway(fault)) {
    const message = 'The database cannot be reached now; try again.';
    return {
      status: 503,
      ours: true,
      retryAfterSeconds: 2,
      body: { error: { code: errorCodes.busy, message, requestId } },
    };
  }
  return {
    status: 500,
    ours: true,
    body: { error: { code: errorCodes.internal, message: 'Something went wrong on our side.', requestId } },
  };
}

/** Faults of the framework: known by their status and code; the code is lost where Nest has wrapped them. */
function described(status: number, fault: FastifyFault, bodyLimit: number): Omit<ErrorBody['error'], 'requestId'> {
  const text = String(fault.message ?? 'Bad request.');
  if (status === 413) {
    const message = `The body is larger than ${bodyLimit} bytes.`;
    const fields = [{ field: 'body', rule: 'tooLarge', message, limit: bodyLimit, unit: 'bytes' }];
    return { code: errorCodes.bodyTooLarge, message, fields };
  }
  if (
    status === 400 &&
    (fault instanceof SyntaxError || /not valid JSON|cannot be empty when content-type/.test(text))
  ) {
    return { code: errorCodes.invalidJson, message: 'The body is not valid JSON.' };
  }
  return { code: byStatus[status] ?? errorCodes.badRequest, message: text };
}

/** SQLSTATEs and socket faults: connections, shutdown, no room for one more session, locks held for too long, deadlocks. */
const awayCodes =
  /^(08|57P0|55P03$|25P03$|53300$|40001$|40P01$|ECONNREFUSED$|ECONNRESET$|EPIPE$|ETIMEDOUT$|EHOSTUNREACH$)/;

/** The driver's and the pool's own words carry no code; a connection may also have gone while nothing ran on it. */
const awayWords =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Query runner already released|Client (was closed|has encountered a connection error) and is not queryable)/;

/** PostgreSQL is starting, stopping or gone, or somebody stood in the way: nobody's fault here, and over soon. */
export function isAway(fault: unknown): boolean {
  const { code, message } = (fault ?? {}) as { code?: unknown; message?: unknown };
  return (typeof code === 'string' && awayCodes.test(code)) || (typeof message === 'string' && awayWords.test(message));
}
