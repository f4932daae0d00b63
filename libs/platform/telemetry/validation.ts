import { ValidationPipe, type ValidationError } from '@nestjs/common';
import type { FieldError } from '#libs/contracts/index.js';
import { invalid } from './app-error.js';

const limitOf = /(?:than or equal to|not be (?:less|greater) than|at (?:least|most)) (\d+)/;

function flatten(errors: ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const field = parent === '' ? error.property : `${parent}.${error.property}`;
    const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => {
      const limit = limitOf.exec(message)?.[1];
      return { field, rule, message, ...(limit === undefined ? {} : { limit: Number(limit) }) };
    });
    return [...own, ...flatten(error.children ?? [], field)];
  });
}

/** Checks bodies and queries of the public API; unknown members are refused by name. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: (errors) => invalid(flatten(errors)),
  });
}
