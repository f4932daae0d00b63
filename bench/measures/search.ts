import type { SearchAnswer } from '#libs/contracts/index.js';
import { openSessions, withClient, type Session } from '../database/premises.js';
import { HttpLine, request } from '../load/http-line.js';
import { closedLoop, Lines, mustBeGood, openLoop } from '../load/loops.js';
import { within } from '../load/within.js';
import { quantile } from '../report/figure.js';
import type { Samples } from '../report/samples.js';
import type { Stage } from '../stage.js';
import type { Measure, Slice } from './measure.js';

/** Common ones, middling ones, rare ones, and such as nobody has written. */
const ONE = [...'件来東注神幌住蘭鷺萩釧臼鵺凧'];
const TWO = '予約 注文 東京 神戸 口座 請求 札幌 室蘭 釧路 萩市 指宿 臼杵 鳴門 不倒 鷺沼'.split(' ');
const SEARCHES = 5;
const RATE = 100;
/** Long enough for a hundredth of the messages to be more than one. */
const SECONDS = 5;

/**
 * Searches for one kanji and for two over every message of the large database, by agents one after the other; and how long a
 * message takes to be stored while five searches a second run, against without.
 */
export const search: Measure = {
  names: ['search.'],

  async prepare(stage, { seconds }) {
    const { databaseUrl, customers } = await stage.site('large');
    const console = await stage.console('large');
    const sessions = await openSessions(databaseUrl, 20);
    const requests = { one: turning(ONE, sessions), two: turning(TWO, sessions) };
    await mustFind(stage, sessions[0]!);
    const asked =
      (name: string, next: () => string): Slice =>
      async (samples) => {
        const line = await HttpLine.open(console.url);
        const times: number[] = [];
        for (const until = performance.now() + seconds * 1000; performance.now() < until || times.length < 20;) {
          const began = performance.now();
          mustBeGood(await line.ask(next()));
          times.push(performance.now() - began);
        }
        line.close();
        samples.add(`search.${name}.p50`, quantile(times, 0.5));
        samples.add(`search.${name}.p95`, quantile(times, 0.95));
      };
    const stored = async (beside: (until: number) => Promise<unknown>): Promise<number> => {
      const lines = await Lines.open(console.url);
      const times: Promise<number>[] = [];
      const searching = beside(performance.now() + SECONDS * 1000);
      await openLoop(RATE, SECONDS, () => {
        const began = performance.now();
        times.push(lines.ask(customers.webhook()).then(() => performance.now() - began));
      });
      const all = await Promise.all(times);
      await searching;
      lines.close();
      return quantile(all, 0.99);
    };
    const inbound: Slice = async (samples) => {
      const mixed = turning([...ONE, ...TWO], sessions);
      samples.add('search.inbound.without.p99', await stored(() => Promise.resolve()));
      samples.add('search.inbound.with.p99', await stored((until) => searchUntil(console.url, until, mixed)));
    };
    const following: Slice = async (samples) => {
      const lines = await Lines.open(console.url);
      const answers: Promise<unknown>[] = [];
      await openLoop(RATE, SECONDS, () => answers.push(lines.ask(customers.webhook())));
      await Promise.all(answers);
      const wrote = performance.now();
      await within(() => caughtUp(databaseUrl), 'everything to be findable', 60_000);
      lines.close();
      samples.add('search.follows', performance.now() - wrote);
    };
    const flood = async (): Promise<number> => {
      const lines = await HttpLine.many(console.url, 64);
      const { perSecond } = await closedLoop(lines, seconds, () => customers.webhook());
      lines.forEach((line) => line.close());
      return perSecond;
    };
    /** Whoever holds the row of its progress keeps the follower from going on. */
    const flooded: Slice = async (samples) => {
      await withClient(databaseUrl, async (client) => {
        await client.query('begin');
        await client.query('select from search_progress for update');
        samples.add('search.flood.unfollowed', await flood());
        await client.query('rollback');
      });
      samples.add('search.flood.followed', await flood());
      await within(() => caughtUp(databaseUrl), 'everything to be findable', 120_000);
    };
    return [asked('one-kanji', requests.one), asked('two-kanji', requests.two), inbound, following, flooded];
  },

  figures(samples: Samples) {
    return [
      ...['one-kanji', 'two-kanji'].flatMap((name) => [
        samples.figure(`search.${name}.p50`, 'ms'),
        samples.figure(`search.${name}.p95`, 'ms'),
      ]),
      samples.figure('search.inbound.without.p99', 'ms'),
      samples.figure('search.inbound.with.p99', 'ms', ['search.inbound.without.p99']),
      samples.figure('search.follows', 'ms'),
      samples.figure('search.flood.unfollowed', 'messages/s'),
      samples.figure('search.flood.followed', 'messages/s', ['search.flood.unfollowed']),
    ];
  },
};

/** Each by another agent: one agent's next search would end the former. */
function turning(words: readonly string[], sessions: readonly Session[]): () => string {
  let turn = 0;
  return () => {
    turn += 1;
    const { cookie } = sessions[turn % sessions.length]!;
    return request('GET', `/api/search?q=${encodeURIComponent(words[turn % words.length]!)}&kind=messages`, { cookie });
  };
}

async function searchUntil(url: string, until: number, next: () => string): Promise<void> {
  const lines = await Lines.open(url, SEARCHES);
  const answers: Promise<unknown>[] = [];
  await openLoop(SEARCHES, (until - performance.now()) / 1000, () => answers.push(lines.ask(next())));
  await Promise.all(answers);
  lines.close();
}

/** Nothing is measured on an index that finds nothing, or answers only in part. */
async function mustFind(stage: Stage, { cookie }: Session): Promise<void> {
  const { url } = await stage.console('large');
  const line = await HttpLine.open(url);
  for (const q of ['件', '予約', '室蘭', '釧']) {
    const whole = request('GET', `/api/search?q=${encodeURIComponent(q)}&kind=messages`, { cookie });
    const { messages, indexing } = JSON.parse(mustBeGood(await line.ask(whole)).body.toString('utf8')) as SearchAnswer;
    if (indexing || messages!.partial || messages!.hits.length === 0)
      throw new Error(`${q} was not searched for as a whole`);
  }
  line.close();
}

function caughtUp(url: string): Promise<boolean> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ done: boolean }>(
      'select upto >= (select max(id) from messages) as done from search_progress',
    );
    return rows[0]!.done;
  });
}
