import type { Samples } from '../report/samples.js';
import type { Desk } from './desk.js';
import type { ClientMeasure } from './measure.js';

/** A hand that comes to rest on a row before it presses, as hands do. */
const REST_MS = 200;

/** From the click on a row of a list that stands until messages of its thread are painted. Nothing of the thread is known before. */
export const opening: ClientMeasure = {
  names: ['client.open'],

  async round(desk, samples) {
    await open(desk, samples, 'client.open', 0);
    await open(desk, samples, 'client.open.rested', REST_MS);
  },

  figures(samples) {
    return ['client.open.name', 'client.open', 'client.open.rested.name', 'client.open.rested'].map((name) =>
      samples.figure(name, 'ms'),
    );
  },
};

async function open(desk: Desk, samples: Samples, name: string, rest: number): Promise<void> {
  const context = await desk.context();
  try {
    const page = await desk.page(context, '/?view=mine');
    const row = page.locator(`[data-testid="conversation-row"][data-conversation-id="${desk.longId}"]`);
    await row.waitFor();
    const named = page.evaluate(() =>
      window.bench.untilShown('[data-testid="conversation"] [data-testid="customer-name"]'),
    );
    const shown = page.evaluate(() => window.bench.untilShown('[data-testid="thread"] [data-testid="message"]'));
    await page.evaluate(() => window.bench.painted());
    if (rest > 0) {
      await row.hover();
      await page.waitForTimeout(rest);
    }
    await row.click();
    samples.add(`${name}.name`, await named);
    samples.add(name, await shown);
  } finally {
    await context.close();
  }
}
