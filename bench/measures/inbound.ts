import { HttpLine, request } from '../load/http-line.js';
import { closedLoop } from '../load/loops.js';
import type { Customers } from '../load/customers.js';
import type { Samples } from '../report/samples.js';
import type { Measure, Slice } from './measure.js';

/** How many messages a second, each answered only when it is durable. */
export const inbound: Measure = {
  names: ['floor.http', 'floor.batched-insert', 'inbound.', 'growth.inbound'],

  async prepare(stage, { seconds }) {
    const [large, small, floor, naive] = [
      await stage.site('large'),
      await stage.site('small'),
      await stage.floor(),
      await stage.naive(),
    ];
    const [console, little] = [await stage.console('large'), await stage.console('small')];
    const slice =
      (name: string, url: string, atOnce: number, next: () => string): Slice =>
      async (samples) => {
        const lines = await HttpLine.many(url, atOnce);
        const { perSecond } = await closedLoop(lines, seconds, next);
        lines.forEach((line) => line.close());
        samples.add(name, perSecond);
      };
    const webhook = () => large.customers.webhook();
    const bare = (path: string) => () => at(path, large.customers);
    return [
      slice('floor.http', floor.url, 64, bare('/http')),
      slice('floor.batched-insert.64', floor.url, 64, bare('/insert')),
      slice('inbound.durable.64', console.url, 64, webhook),
      slice('inbound.small.64', little.url, 64, () => small.customers.webhook()),
      slice('floor.batched-insert.256', floor.url, 256, bare('/insert')),
      slice('inbound.durable.256', console.url, 256, webhook),
      slice('inbound.naive.64', naive.url, 64, webhook),
    ];
  },

  figures(samples: Samples) {
    const naive = samples.figure('inbound.naive.64', 'messages/s', ['floor.batched-insert.64']);
    const over = samples.ratio('inbound.over-naive', 'inbound.durable.64', 'inbound.naive.64');
    return [
      samples.figure('floor.http', 'answers/s'),
      { ...samples.figure('floor.batched-insert.64', 'messages/s', ['floor.http']), name: 'floor.batched-insert' },
      samples.figure('floor.batched-insert.256', 'messages/s', ['floor.http']),
      {
        ...samples.figure('inbound.durable.64', 'messages/s', ['floor.batched-insert.64']),
        of: 'floor.batched-insert',
      },
      samples.figure('inbound.durable.256', 'messages/s', ['floor.batched-insert.256']),
      { ...naive, of: 'floor.batched-insert' },
      over,
      samples.figure('inbound.small.64', 'messages/s'),
      samples.ratio('growth.inbound', 'inbound.small.64', 'inbound.durable.64'),
    ];
  },
};

/** The body of the next webhook, to another door. */
function at(path: string, customers: Customers): string {
  const whole = customers.webhook();
  return request('POST', path, {}, whole.slice(whole.indexOf('\r\n\r\n') + 4));
}
