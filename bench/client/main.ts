import 'reflect-metadata';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launchBrowser } from '../../test/support/chromium.js';
import type { Figure } from '../report/figure.js';
import { report } from '../report/report.js';
import { Samples } from '../report/samples.js';
import { Stage } from '../stage.js';
import { Desk } from './desk.js';
import { flood } from './flood.js';
import { keys } from './keys.js';
import type { ClientMeasure } from './measure.js';
import { opening } from './opening.js';
import { scrolling } from './scrolling.js';
import { visits } from './visits.js';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string' },
  },
});

const begun = performance.now();
const say = (text: string): void => {
  process.stderr.write(`  ${String(Math.round((performance.now() - begun) / 1000)).padStart(4)} s  ${text}\n`);
};

const size = values.quick ? { name: 'quick_large', conversations: 5_000 } : { name: 'large', conversations: 100_000 };
const rounds = Number(values.rounds ?? (values.quick ? 2 : 5));
const sizes = { large: size, small: size, queueing: size, matching: size, answering: size };
const stage = await Stage.open(join(process.env['DATA_DIR'] ?? '.data', 'bench'), sizes, say);
let browser: Awaited<ReturnType<typeof launchBrowser>> | null = null;
let leaving = false;
const leave = async (): Promise<void> => {
  await browser?.close();
  await stage.close();
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (leaving) process.exit(130);
    leaving = true;
    void leave().finally(() => process.exit(130));
  });
}

try {
  browser = await launchBrowser();
  const desk = await Desk.open(stage, browser, { quick: values.quick });
  console.log(report(await run(desk), values.json));
} catch (fault) {
  if (!leaving) console.error(fault);
  process.exitCode = 1;
} finally {
  if (!leaving) await leave();
}

async function run(desk: Desk): Promise<Figure[]> {
  const only = values.only ?? '';
  const wanted = [visits, opening, scrolling, keys, flood].filter(({ names }) =>
    names.some((name) => name.startsWith(only) || only.startsWith(name)),
  );
  if (wanted.length === 0) throw new Error(`no figure begins with ${only}`);
  const figures: Figure[] = [];
  for (const measure of wanted) figures.push(...(await take(desk, measure)));
  return figures;
}

async function take(desk: Desk, measure: ClientMeasure): Promise<Figure[]> {
  const samples = new Samples();
  // The first time the server's own code is cold; nobody measures that.
  const times = measure.once ? 1 : rounds + 1;
  for (let round = 0; round < times; round += 1) {
    say(
      `${measure.names.join(', ')}: ${measure.once ? 'once' : round === 0 ? 'to warm up' : `round ${round} of ${rounds}`}`,
    );
    await measure.round(desk, round === 0 && !measure.once ? new Samples() : samples);
  }
  return measure.figures(samples);
}
