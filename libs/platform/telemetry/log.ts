import { Injectable, type LoggerService } from '@nestjs/common';
import { destination, pino, type Logger } from 'pino';

/**
 * Members that are never written, wherever they stand up to three levels deep: secrets, what people say, who they are.
 */
const secrets = [
  'password', 'passwordHash', 'token', 'tokenHash', 'cookie', 'authorization', 'credentials', 'masterKey',
  'clientSecret', 'text', 'content', 'body', 'preview', 'phone', 'msisdn', 'address', 'userContact', 'email',
]; // prettier-ignore

const paths = secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** A number in a text is cut to its first and last digits; TypeORM and PostgreSQL put values into their messages. */
export function withoutNumbers(text: string): string {
  return text.replace(/(\+\d{3,4})\d{3,8}(\d{2})/g, '$1****$2');
}

/** Errors of the database carry parameters and details with customers' words: only these members are kept. */
function plainError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code, constraint, table } = error as Error & { code?: string; constraint?: string; table?: string };
  return {
    type: error.name,
    message: withoutNumbers(error.message),
    stack: error.stack === undefined ? undefined : withoutNumbers(error.stack),
    ...(code === undefined ? {} : { code }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(table === undefined ? {} : { table }),
    ...(error.cause === undefined ? {} : { cause: plainError(error.cause) }),
  };
}

/** Structured lines (JSON) on standard output, with what must not be written left out. */
@Injectable()
export class Log {
  constructor(private readonly logger: Logger) {}

  static create(level: string): Log {
    return new Log(
      pino(
        { level, base: null, serializers: { err: plainError }, redact: { paths, censor: '[hidden]' } },
        destination({ fd: 1, sync: false }),
      ),
    );
  }

  child(fields: object): Log {
    return new Log(this.logger.child(fields));
  }

  debug(fields: object, message: string): void {
    this.logger.debug(fields, message);
  }

  info(fields: object, message: string): void {
    this.logger.info(fields, message);
  }

  warn(fields: object, message: string): void {
    this.logger.warn(fields, message);
  }

  error(fields: object, message: string): void {
    this.logger.error(fields, message);
  }

  /** For Nest's own lines. */
  forNest(): LoggerService {
    const say =
      (level: 'debug' | 'info' | 'warn' | 'error') =>
      (message: unknown, ...rest: unknown[]) =>
        this.logger[level]({ part: String(rest.at(-1) ?? 'nest') }, withoutNumbers(String(message)));
    return { log: say('debug'), error: say('error'), warn: say('warn'), debug: say('debug'), verbose: say('debug') };
  }
}
