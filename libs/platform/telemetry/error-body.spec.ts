import { BadRequestException, HttpException } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { AppError, invalid } from './app-error.js';
import { toAnswer } from './error-body.js';

const answer = (fault: unknown) => toAnswer(fault, 'r1', 1000);

describe('the shape of faults', () => {
  it('never shows the text of one that nobody foresaw', () => {
    const { status, body, ours } = answer(new Error('password=hunter2 in select * from agents'));
    expect(status).toBe(500);
    expect(ours).toBe(true);
    expect(JSON.stringify(body)).not.toContain('hunter2');
  });

  it('tells the limit that a body broke', () => {
    expect(answer(new HttpException('Request body is too large', 413)).body.error).toMatchObject({
      code: 'body_too_large',
      fields: [{ field: 'body', limit: 1000, unit: 'bytes' }],
    });
  });

  it('calls broken JSON by its name, whoever found it', () => {
    const words = "Body is not valid JSON but content-type is set to 'application/json'";
    expect(answer(new HttpException(words, 400)).body.error.code).toBe('invalid_json');
    expect(answer(Object.assign(new SyntaxError('Unexpected token'), { statusCode: 400 })).body.error.code).toBe(
      'invalid_json',
    );
    expect(answer(new BadRequestException('no')).body.error.code).toBe('bad_request');
  });

  it('asks to come again while the database is away', () => {
    for (const fault of [
      { code: '57P01' },
      { code: 'ECONNREFUSED' },
      { code: '40P01' },
      new Error('Connection terminated unexpectedly'),
      new Error('Query runner already released. Cannot run queries anymore.'),
      new Error('Client was closed and is not queryable'),
    ]) {
      expect(answer(fault)).toMatchObject({ status: 503, retryAfterSeconds: 2, body: { error: { code: 'busy' } } });
    }
    expect(answer({ code: '23505' }).status).toBe(500);
  });

  it('carries fields and pauses of our own errors', () => {
    expect(answer(invalid([{ field: 'a', rule: 'r', message: 'm' }])).body.error.fields).toHaveLength(1);
    const busy = answer(new AppError(503, 'busy', 'later', { retryAfterSeconds: 2 }));
    expect(busy).toMatchObject({ status: 503, ours: false, retryAfterSeconds: 2 });
  });
});
