import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import type { Samples } from '../report/samples.js';
import { usable, type Desk } from './desk.js';
import type { ClientMeasure } from './measure.js';

/** How soon somebody can work who opens the console, and what her browser has to fetch for it. */
export const visits: ClientMeasure = {
  names: ['client.visit.', 'client.scripts', 'floor.client.visit'],

  async round(desk, samples) {
    const context = await desk.context();
    try {
      samples.add('floor.client.visit', await emptyPage(await context.newPage(), desk));
      const page = await context.newPage();
      await page.goto(`${desk.url}/?view=all`);
      const first = await usable(page);
      samples.add('client.visit.first', first);
      await page.waitForLoadState('networkidle');
      await weigh(page, first, samples);
      await page.close();
      const again = await context.newPage();
      await again.goto(`${desk.url}/?view=all`);
      samples.add('client.visit.second', await usable(again));
    } finally {
      await context.close();
    }
  },

  figures(samples) {
    return [
      samples.figure('floor.client.visit', 'ms'),
      samples.figure('client.visit.first', 'ms', ['floor.client.visit']),
      samples.figure('client.visit.second', 'ms', ['floor.client.visit']),
      samples.figure('client.scripts', 'KB gzip'),
      samples.figure('client.scripts.sent', 'KB'),
      samples.figure('client.scripts.ahead', 'KB gzip'),
    ];
  },
};

/** An answer of the same server that needs no script, from the asking until it is painted. */
async function emptyPage(page: Page, { url }: Desk): Promise<number> {
  await page.goto(`${url}/healthz`);
  const at = await page.evaluate(() => window.bench.painted());
  await page.close();
  return at;
}

/** Scripts that were asked for before the list stood, and those that came when there was nothing else to do. */
async function weigh(page: Page, usableAt: number, samples: Samples): Promise<void> {
  const scripts = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map((entry) => entry as PerformanceResourceTiming)
      .filter(({ name }) => /\.js(\?|$)/.test(name))
      .map(({ name, startTime, encodedBodySize }) => ({ name, startTime, encodedBodySize })),
  );
  const sums = { first: 0, sent: 0, ahead: 0 };
  for (const { name, startTime, encodedBodySize } of scripts) {
    const body = await page.request.get(name).then((answer) => answer.body());
    const size = gzipSync(body).length / 1024;
    if (startTime > usableAt) sums.ahead += size;
    else {
      sums.first += size;
      sums.sent += encodedBodySize / 1024;
    }
  }
  if (sums.first === 0) throw new Error('the page fetched no script');
  samples.add('client.scripts', sums.first);
  samples.add('client.scripts.sent', sums.sent);
  samples.add('client.scripts.ahead', sums.ahead);
}
