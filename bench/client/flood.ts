import type { ClientMeasure } from './measure.js';

const PER_SECOND = 30;

/** A minute of thirty messages a second into the rows that are on the screen, while the pointer rests on one of them. */
export const flood: ClientMeasure = {
  names: ['client.flood.'],
  once: true,

  async round(desk, samples) {
    const seconds = desk.quick ? 10 : 60;
    const context = await desk.context();
    try {
      const page = await desk.page(context, '/?view=mine&order=newest');
      const numbers = await page
        .getByTestId('conversation-row')
        .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('data-conversation-id'))));
      const box = await page.getByTestId('conversation-row').nth(3).boundingBox();
      if (!box) throw new Error('the list has no fourth row');
      const at = { x: box.x + 60, y: box.y + box.height / 2 };
      await page.mouse.move(at.x, at.y);
      // What the first messages make once is made before the heap is looked at.
      await desk.customersWrite(PER_SECOND, desk.quick ? 3 : 10, numbers);
      const line = await context.newCDPSession(page);
      const heap = async (): Promise<number> => {
        await line.send('HeapProfiler.enable');
        await line.send('HeapProfiler.collectGarbage');
        return (await line.send('Runtime.getHeapUsage')).usedSize / 1024 ** 2;
      };
      const before = await heap();
      let requests = 0;
      page.on('request', () => (requests += 1));
      const watching = await page.evaluateHandle(({ x, y }) => window.bench.watchPoint(x, y), at);
      await desk.customersWrite(PER_SECOND, seconds, numbers);
      const { moves, looks } = await watching.evaluate((stop) => stop());
      samples.add('client.flood.moves', moves);
      samples.add('client.flood.frames', looks / seconds);
      samples.add('client.flood.requests', requests / seconds);
      samples.add('client.flood.heap.mb', before);
      samples.add('client.flood.heap', (await heap()) - before);
      // A list that stood still because it heard nothing would prove nothing.
      const last = `${PER_SECOND * seconds - 1} `;
      await page.getByTestId('row-preview').filter({ hasText: last }).first().waitFor();
    } finally {
      await context.close();
    }
  },

  figures(samples) {
    return [
      samples.figure('client.flood.moves', 'times'),
      samples.figure('client.flood.requests', 'requests/s'),
      samples.figure('client.flood.frames', 'fps'),
      samples.figure('client.flood.heap.mb', 'MB'),
      samples.figure('client.flood.heap', 'MB more'),
    ];
  },
};
