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
    const { fields, retryAfterSeconds } = fault.options;
    return {
      status: fault.status,
      ours: fault.status >= 500 && fault.status !== 503,
      retryAfterSeconds,
      body: { error: { code: fault.code, message: fault.message, ...(fields ? { fields } : {}), requestId } },
    };
  }
  const foreign = fault as FastifyFault;
  if (foreign?.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const message = `The body is larger than ${bodyLimit} bytes.`;
    const fields = [{ field: 'body', rule: 'tooLarge', message, limit: bodyLimit, unit: 'bytes' }];
    return { status: 413, ours: false, body: { error: { code: errorCodes.bodyTooLarge, message, fields, requestId } } };
  }
  const status = fault instanceof HttpException ? fault.getStatus() : Number(foreign?.statusCode ?? 500);
  if (status >= 400 && status < 500) {
    const brokenJson = fault instanceof SyntaxError || foreign?.code === 'FST_ERR_CTP_INVALID_JSON_BODY';
    const code = brokenJson ? errorCodes.invalidJson : (byStatus[status] ?? errorCodes.badRequest);
    const message = brokenJson ? 'The body is not valid JSON.' : String(foreign.message ?? 'Bad request.');
    return { status, ours: false, body: { error: { code, message, requestId } } };
  }
  return {
    status: 500,
    ours: true,
    body: { error: { code: errorCodes.internal, message: 'Something went wrong on our side.', requestId } },
  };
}
