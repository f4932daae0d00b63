import type { Page } from 'playwright-core';
import { quantile } from '../report/figure.js';
import type { Samples } from '../report/samples.js';
import type { ClientMeasure } from './measure.js';

const GAP_MS = 70;

/** From a key until its character is painted, while twenty messages a second arrive, one of them here. */
export const keys: ClientMeasure = {
  names: ['client.key.', 'floor.key.'],

  async round(desk, samples) {
    const count = desk.quick ? 30 : 100;
    const context = await desk.context();
    try {
      const empty = await context.newPage();
      await empty.goto('data:text/html,<textarea rows=2></textarea>');
      await type(empty, 'textarea', count, 'floor.key', samples);
      await empty.close();
      const page = await desk.page(context, `/c/${desk.longId}?view=mine`);
      await page.locator('[data-testid="thread"] [data-testid="message"]').first().waitFor();
      // Her first twenty customers, the open one among them.
      const numbers = Array.from({ length: 20 }, (_, place) => 1 + place * (desk.quick ? 200 : 2_000));
      const seconds = (count * (GAP_MS + 30)) / 1000;
      await Promise.all([
        desk.customersWrite(20, seconds, numbers),
        type(page, '[data-testid="composer-field"]', count, 'client.key', samples),
      ]);
    } finally {
      await context.close();
    }
  },

  figures(samples) {
    return [
      samples.figure('floor.key.p50', 'ms'),
      samples.figure('floor.key.p95', 'ms'),
      samples.figure('client.key.p50', 'ms', ['floor.key.p50']),
      samples.figure('client.key.p95', 'ms', ['floor.key.p95']),
      samples.figure('floor.key.handled.p95', 'ms'),
      samples.figure('client.key.handled.p95', 'ms', ['floor.key.handled.p95']),
    ];
  },
};

async function type(page: Page, selector: string, count: number, name: string, samples: Samples): Promise<void> {
  await page.locator(selector).fill('');
  await page.locator(selector).focus();
  const heard = await page.evaluateHandle((at) => window.bench.hearKeys(at), selector);
  for (let typed = 0; typed < count; typed += 1) {
    await page.keyboard.press('aiueo'[typed % 5]!);
    await page.waitForTimeout(GAP_MS + ((typed * 7) % 17));
  }
  const { handled, painted } = await heard.jsonValue();
  if (painted.length < count) throw new Error(`${painted.length} of ${count} characters were seen`);
  await page.locator(selector).fill('');
  samples.add(`${name}.p50`, quantile(painted, 0.5));
  samples.add(`${name}.p95`, quantile(painted, 0.95));
  samples.add(`${name}.handled.p95`, quantile(handled, 0.95));
}
