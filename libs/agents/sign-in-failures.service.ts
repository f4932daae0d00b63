import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { waitAfter } from './sign-in-wait.js';

/**
 * Counts wrong sign-ins in a row, by e-mail and by source address, in the database so that all nodes agree.
 * An e-mail that nobody has is counted like any other, or the count would tell who works here.
 */
@Injectable()
export class SignInFailures {
  constructor(private readonly database: DataSource) {}

  /** Seconds until the next try is looked at; 0 when it is now. */
  async waitFor(email: string, source: string): Promise<number> {
    const rows = await this.database.query<{ failures: number; ago: number }[]>(
      `select failures, extract(epoch from now() - last_at)::float8 as ago from sign_in_failures
       where subject = any($1) and last_at > now() - interval '1 day'`,
      [subjects(email, source)],
    );
    return Math.max(0, ...rows.map(({ failures, ago }) => waitAfter(failures) - ago));
  }

  async count(email: string, source: string): Promise<void> {
    // Ordered, so that two tries of the same pair never wait for each other.
    await this.database.query(
      `insert into sign_in_failures as known (subject, failures, last_at)
       select subject, 1, now() from unnest($1::bytea[]) subject order by subject
       on conflict (subject) do update set last_at = now(),
         failures = case when known.last_at > now() - interval '1 day' then known.failures + 1 else 1 end`,
      [subjects(email, source)],
    );
    await this.database.query(
      `delete from sign_in_failures where subject in (
         select subject from sign_in_failures where last_at < now() - interval '1 day'
         order by last_at limit 100 for update skip locked)`,
    );
  }

  async clear(email: string, source: string): Promise<void> {
    await this.database.query('delete from sign_in_failures where subject = any($1)', [subjects(email, source)]);
  }
}

function subjects(email: string, source: string): Buffer[] {
  return [`email ${email.toLowerCase()}`, `source ${network(source)}`].map((subject) =>
    createHash('sha256').update(subject).digest(),
  );
}

/** Whoever has one IPv6 address has 2^64 of them: they count as one. */
export function network(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail = ''] = address.split('%')[0]!.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const gap = address.includes('::') ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0') : [];
  return [...left, ...gap, ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
