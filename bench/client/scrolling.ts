import type { Page } from 'playwright-core';
import { median, quantile } from '../report/figure.js';
import type { Samples } from '../report/samples.js';
import type { ClientMeasure } from './measure.js';

const EMPTY =
  'data:text/html,<div id=floor style="height:800px;overflow:auto"><div style="height:1000000px"></div></div>';

/** Pages are fetched on the way; nothing of what is scrolled to has been seen before. */
export const scrolling: ClientMeasure = {
  names: ['client.scroll.', 'floor.frames'],

  async round(desk, samples) {
    const seconds = desk.quick ? 2 : 4;
    const context = await desk.context();
    try {
      const empty = await context.newPage();
      await empty.goto(EMPTY);
      samples.add('floor.frames.fps', fps((await scroll(empty, '#floor', 40, seconds)).frames));
      await empty.close();
      const page = await desk.page(context, '/?view=all');
      note(samples, 'list', await scroll(page, '[data-testid="conversation-list"]', 40, seconds));
      await page.goto(`${desk.url}/c/${desk.longId}?view=mine`);
      await page.locator('[data-testid="thread"] [data-testid="message"]').first().waitFor();
      await page.waitForLoadState('networkidle');
      note(samples, 'thread', await scroll(page, '[data-testid="thread"]', -40, seconds));
    } finally {
      await context.close();
    }
  },

  figures(samples) {
    return [
      samples.figure('floor.frames.fps', 'fps'),
      ...['list', 'thread'].flatMap((what) => [
        samples.figure(`client.scroll.${what}.fps`, 'fps', ['floor.frames.fps']),
        samples.figure(`client.scroll.${what}.p95`, 'ms/frame'),
        samples.figure(`client.scroll.${what}.longest`, 'ms'),
      ]),
    ];
  },
};

function scroll(page: Page, selector: string, by: number, seconds: number) {
  return page.evaluate(([at, pixels, time]) => window.bench.scroll(at, pixels, time), [selector, by, seconds] as const);
}

function note(samples: Samples, what: string, { frames, longest }: { frames: number[]; longest: number }): void {
  samples.add(`client.scroll.${what}.fps`, fps(frames));
  samples.add(`client.scroll.${what}.p95`, quantile(frames, 0.95));
  samples.add(`client.scroll.${what}.longest`, longest);
}

function fps(frames: number[]): number {
  return 1000 / median(frames);
}
