import type { ConversationPage } from '#libs/contracts/index.js';
import { longThreads, openSessions } from '../database/premises.js';
import { HttpLine, request } from '../load/http-line.js';
import { closedLoop, mustBeGood } from '../load/loops.js';
import { quantile } from '../report/figure.js';
import type { SiteName, Stage } from '../stage.js';
import type { Measure, Slice } from './measure.js';

const AT_ONCE = 4;
const PAGES = [
  'view=all&order=waiting',
  'view=all&order=newest',
  'view=unassigned&order=waiting',
  'view=mine&order=waiting',
];

/** A page of a list and a page of a thread, four readers at once. */
export const pages: Measure = {
  names: ['floor.page', 'list.', 'thread.', 'growth.list', 'growth.thread'],

  async prepare(stage, { seconds }) {
    const floor = await stage.floor();
    const { customers } = await stage.site('large');
    const time = seconds / 2;
    const slice =
      (name: string, url: string, next: () => string): Slice =>
      async (samples) => {
        const lines = await HttpLine.many(url, AT_ONCE);
        const { latencies } = await closedLoop(lines, time, next);
        lines.forEach((line) => line.close());
        samples.add(`${name}.p50`, quantile(latencies, 0.5));
        samples.add(`${name}.p95`, quantile(latencies, 0.95));
      };
    const answer = (): string => {
      const whole = customers.webhook();
      return request('POST', '/http', {}, whole.slice(whole.indexOf('\r\n\r\n') + 4));
    };
    const slices = [slice('floor.page', floor.url, answer)];
    for (const name of ['large', 'small'] as const) {
      const { url } = await stage.console(name);
      const end = name === 'large' ? '' : '.small';
      slices.push(slice(`list${end}`, url, await listRequests(stage, name)));
      slices.push(slice(`thread${end}`, url, await threadRequests(stage, name)));
    }
    return slices;
  },

  figures(samples) {
    const kinds = ['list', 'thread'];
    return [
      samples.figure('floor.page.p50', 'ms'),
      samples.figure('floor.page.p95', 'ms'),
      ...kinds.flatMap((kind) => [
        samples.figure(`${kind}.p50`, 'ms', ['floor.page.p50']),
        samples.figure(`${kind}.p95`, 'ms', ['floor.page.p95']),
        samples.figure(`${kind}.small.p50`, 'ms'),
        samples.ratio(`growth.${kind}`, `${kind}.p50`, `${kind}.small.p50`),
      ]),
    ];
  },
};

/** Of every view and order the first page and the third, fifty rows each. */
async function listRequests(stage: Stage, name: SiteName): Promise<() => string> {
  const { databaseUrl } = await stage.site(name);
  const { url } = await stage.console(name);
  const [session] = await openSessions(databaseUrl, 1);
  const line = await HttpLine.open(url);
  const get = (query: string): string =>
    request('GET', `/api/conversations?${query}&limit=50`, { cookie: session!.cookie });
  const requests: string[] = [];
  for (const query of PAGES) {
    let cursor: string | null = null;
    for (let page = 1; page <= 3; page += 1) {
      const whole = get(cursor === null ? query : `${query}&cursor=${cursor}`);
      if (page !== 2) requests.push(whole);
      const { rows, nextCursor } = JSON.parse(
        mustBeGood(await line.ask(whole)).body.toString('utf8'),
      ) as ConversationPage;
      if (rows.length === 0) throw new Error(`the list ${query} is empty: there is nothing to measure`);
      cursor = nextCursor;
      if (cursor === null) break;
    }
  }
  line.close();
  let turn = 0;
  return () => requests[turn++ % requests.length]!;
}

/** The end of a long thread, and a page from its middle. */
async function threadRequests(stage: Stage, name: SiteName): Promise<() => string> {
  const { databaseUrl } = await stage.site(name);
  const [session] = await openSessions(databaseUrl, 1);
  const threads = await longThreads(databaseUrl);
  let turn = 0;
  return () => {
    turn += 1;
    const { id, lastSeq } = threads[(turn * 7919) % threads.length]!;
    const before = turn % 2 === 0 ? `&before=${Math.floor(lastSeq / 2)}` : '';
    return request('GET', `/api/conversations/${id}/messages?limit=50${before}`, { cookie: session!.cookie });
  };
}
