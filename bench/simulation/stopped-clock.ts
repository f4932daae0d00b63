import pg from 'pg';
import { Clock } from '#libs/platform/clock/index.js';

interface Timer {
  at: number;
  order: number;
  work: () => void;
}

/**
 * Time that stands still until somebody moves it, for the program and for its database alike. However long a piece of work
 * takes, it takes no time; what is due at one moment happens at that moment.
 *
 * The database's side needs nothing from the statements under test: `now()` and `clock_timestamp()` are found by name along
 * the search path, and in this database two functions of the same names are found first.
 */
export class StoppedClock extends Clock {
  private timers: Timer[] = [];
  private orders = 0;

  private constructor(
    private readonly client: pg.Client,
    private at: number,
  ) {
    super();
  }

  /** @param url of a migrated database that nobody is connected to yet; it is good for nothing else afterwards */
  static async of(url: string, at: Date): Promise<StoppedClock> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    for (const statement of prepareSql(client.database!)) await client.query(statement);
    await client.query('insert into stopped_clock (at) values ($1)', [at]);
    const { rows } = await client.query<{ alter: string }>(defaultsSql);
    for (const { alter } of rows) await client.query(alter);
    return new StoppedClock(client, at.getTime());
  }

  override now(): number {
    return this.at;
  }

  override in(ms: number, work: () => void): () => void {
    const timer = { at: this.at + Math.max(0, Math.ceil(ms)), order: (this.orders += 1), work };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** When the nearest timer fires; infinity: none is set. */
  get next(): number {
    return Math.min(...this.timers.map(({ at }) => at));
  }

  /** It is so late now. Timers that are due by then are left to `fire`. */
  async moveTo(at: number): Promise<void> {
    if (at < this.at) throw new Error('time does not run backwards');
    if (at === this.at) return;
    await this.client.query('update stopped_clock set at = $1', [new Date(at)]);
    this.at = at;
  }

  /** Does what is due, the earliest first. @returns whether anything was */
  fire(): boolean {
    const due = this.timers.filter(({ at }) => at <= this.at).sort((a, b) => a.at - b.at || a.order - b.order);
    this.timers = this.timers.filter((timer) => !due.includes(timer));
    for (const { work } of due) work();
    return due.length > 0;
  }

  close(): Promise<void> {
    return this.client.end();
  }
}

const prepareSql = (database: string): string[] => [
  // Moving it must not cost a write to disk; nothing here has to survive anything.
  'set synchronous_commit = off',
  'create table stopped_clock (at timestamptz(3) not null)',
  ...['now', 'clock_timestamp'].map(
    (name) => `create function public.${name}() returns timestamptz language sql stable parallel restricted
      as 'select at from public.stopped_clock'`,
  ),
  `alter database "${database}" set search_path = public, pg_catalog`,
  'set search_path = public, pg_catalog',
];

/** Defaults were bound to the real clock when their tables were made. With the path set, its name is written out in full. */
const defaultsSql = `
  select format('alter table %s alter column %I set default %s', d.adrelid::regclass, a.attname,
    regexp_replace(pg_get_expr(d.adbin, d.adrelid), 'pg_catalog\\.(now|clock_timestamp)\\(\\)', 'public.\\1()', 'g')) as alter
  from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
  where pg_get_expr(d.adbin, d.adrelid) ~ 'pg_catalog\\.(now|clock_timestamp)\\(\\)'`;
