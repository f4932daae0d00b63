import 'reflect-metadata';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bots } from './measures/bots.js';
import { heap } from './measures/heap.js';
import { inbound } from './measures/inbound.js';
import { latency } from './measures/latency.js';
import type { Measure, Options } from './measures/measure.js';
import { pages } from './measures/pages.js';
import { routing } from './measures/routing.js';
import { search } from './measures/search.js';
import { sockets } from './measures/sockets.js';
import type { Figure } from './report/figure.js';
import { report } from './report/report.js';
import { Samples } from './report/samples.js';
import { Stage } from './stage.js';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    heap: { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string' },
  },
});

const begun = performance.now();
const say = (text: string): void => {
  process.stderr.write(`  ${String(Math.round((performance.now() - begun) / 1000)).padStart(4)} s  ${text}\n`);
};

const [large, small] = values.quick
  ? [
      { name: 'quick_large', conversations: 5_000 },
      { name: 'quick_small', conversations: 500 },
    ]
  : [
      { name: 'large', conversations: 100_000 },
      { name: 'small', conversations: 5_000 },
    ];
const sizes = { large, small, queueing: small, matching: small, answering: small };
const options: Options = { seconds: values.quick ? 1 : 2.5, quick: values.quick };
const rounds = Number(values.rounds ?? (values.quick ? 2 : 5));

const stage = await Stage.open(join(process.env['DATA_DIR'] ?? '.data', 'bench'), sizes, say);
let leaving = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (leaving) process.exit(130);
    leaving = true;
    void stage.close().finally(() => process.exit(130));
  });
}
try {
  if (values.heap)
    await heap(stage, values.quick ? 8_000 : 200_000, values.quick ? 2_000 : 50_000, (line) => console.log(line));
  else console.log(report(await run(), values.json));
} catch (fault) {
  if (!leaving) console.error(fault);
  process.exitCode = 1;
} finally {
  if (!leaving) await stage.close();
}

async function run(): Promise<Figure[]> {
  const only = values.only ?? '';
  const wanted = [inbound, latency, bots, pages, routing, search, sockets].filter(({ names }) =>
    names.some((name) => name.startsWith(only) || only.startsWith(name)),
  );
  if (wanted.length === 0) throw new Error(`no figure begins with ${only}`);
  const figures: Figure[] = [];
  for (const measure of wanted) {
    try {
      figures.push(...(await take(measure)));
    } catch (fault) {
      // What was measured until then stays worth reading.
      console.error(fault);
      process.exitCode = 1;
    }
  }
  const shown = figures.filter(({ name }) => name.startsWith(only));
  const floors = new Set(shown.flatMap(({ of }) => of?.split(/ [+/] /) ?? []));
  return figures.filter((figure) => shown.includes(figure) || floors.has(figure.name));
}

async function take(measure: Measure): Promise<Figure[]> {
  say(`Preparing ${measure.names.join(', ')}`);
  const slices = await measure.prepare(stage, options);
  // The first time code is compiled and caches are filled; nobody measures that.
  if (!measure.startsAfresh) for (const slice of slices) await slice(new Samples());
  const samples = new Samples();
  for (let round = 0; round < rounds; round += 1) {
    say(`Round ${round + 1} of ${rounds}`);
    // Each round begins elsewhere, so that nobody always comes after the same neighbour.
    for (let place = 0; place < slices.length; place += 1) {
      await stage.settles();
      await slices[(place + round) % slices.length]!(samples);
    }
  }
  return measure.figures(samples);
}
