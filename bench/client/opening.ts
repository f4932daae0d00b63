import type { ClientMeasure } from './measure.js';

/** From the click on a row of a list that stands until messages of its thread are painted. Nothing of the thread is known before. */
export const opening: ClientMeasure = {
  names: ['client.open'],

  async round(desk, samples) {
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
      await row.click();
      samples.add('client.open.name', await named);
      samples.add('client.open', await shown);
    } finally {
      await context.close();
    }
  },

  figures(samples) {
    return [samples.figure('client.open.name', 'ms'), samples.figure('client.open', 'ms')];
  },
};
