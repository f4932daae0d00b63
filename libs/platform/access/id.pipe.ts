import { Injectable } from '@nestjs/common';
import type { PipeTransform } from '@nestjs/common';
import { notFound } from '#libs/platform/telemetry/index.js';

/** Ids are decimal strings that fit a bigint. Anything else names nothing, and must not reach the database. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[1-9]\d{0,17}$/.test(value);
}

/** For ids in the path: what cannot be an id does not exist. */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!isId(value)) throw notFound('This');
    return value;
  }
}
