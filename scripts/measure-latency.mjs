/**
 * `npm run measure:latency`: how long a customer's message takes from the handset to the agent's screen.
 *
 * The whole way: handset → simulated carrier → webhook → a durable commit → socket → the DOM of a real Chromium in which an
 * agent has the list and the conversation open. Both ends read `Date.now()`, the same clock of the same machine, in whole
 * milliseconds; a page's own `performance.now()` would drift away from it.
 *
 *   --json          only JSON
 *   --messages=60   how many
 */
import { availableParallelism, loadavg } from 'node:os';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchBrowser, openConsole } from './browser.mjs';
import { sentencesOf } from './fault.mjs';
import { DemoDoors, startThrowawayHouse } from './throwaway-house.mjs';

const GOAL_P50_MS = 100;
const WARM_UP = 5;
const CUSTOMER = '+819000000002';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const asJson = process.argv.includes('--json');
const wanted = Number(process.argv.find((word) => word.startsWith('--messages='))?.split('=')[1] ?? 60);

const stops = [];
try {
  if (!Number.isInteger(wanted) || wanted < 1) throw new Error('--messages wants a number from 1 on.');
  tell('Starting the house on data of its own …');
  const house = await startThrowawayHouse(root);
  stops.push(house.stop);
  const browser = await launchBrowser(root);
  stops.push(() => browser.close());
  const doors = await new DemoDoors(house).signIn('aoi@demo.example');
  const { id } = await doors.conversationWith(CUSTOMER);
  const page = await openConsole(browser, doors, `/c/${id}?view=all`);
  await page.locator('[data-testid="connection"][data-status="online"]').waitFor();
  await page.getByTestId('thread').waitFor();
  await page.getByTestId('conversation-row').first().waitFor();
  const arrivals = new Map();
  await page.exposeFunction('probeShown', (probe, place, at) => arrivals.get(probe)?.(place, at));
  await page.evaluate(watchForProbes);

  tell(`Sending ${wanted} messages …`);
  const before = loadavg()[0];
  const samples = [];
  for (let n = 1; n <= WARM_UP + wanted; n += 1) {
    const probe = `計測 ${n} 番目です。`;
    const shown = arrival(arrivals, probe);
    const sentAt = Date.now();
    await doors.handset('POST', CUSTOMER, '/messages', { text: probe });
    const { thread, list } = await shown;
    if (n > WARM_UP) samples.push({ thread: thread - sentAt, list: list - sentAt });
    // Not in step with anything that ticks in the house.
    await new Promise((next) => setTimeout(next, 20 + Math.random() * 180));
  }
  const floor = await bareAnswers(house.consoleUrl, samples.length);
  const result = {
    messages: samples.length,
    thread: summary(samples.map(({ thread }) => thread)),
    list: summary(samples.map(({ list }) => list)),
    bareAnswer: floor,
    machine: { processors: availableParallelism(), loadBefore: before, loadAfter: loadavg()[0] },
    goal: { p50: GOAL_P50_MS },
  };
  report(result);
  if (result.thread.p50 >= GOAL_P50_MS) process.exitCode = 1;
} catch (error) {
  console.error(`\n${sentencesOf(error).join('\n')}\n`);
  process.exitCode = 1;
} finally {
  for (const stop of stops.reverse()) await stop();
}

/** When a probe stood in both places. */
function arrival(arrivals, probe) {
  return new Promise((arrived, failed) => {
    const giveUp = setTimeout(() => failed(new Error(`${probe} did not come to the screen within 20 s.`)), 20_000);
    const times = {};
    arrivals.set(probe, (place, at) => {
      times[place] = at;
      if (times.thread === undefined || times.list === undefined) return;
      clearTimeout(giveUp);
      arrived(times);
    });
  });
}

/** In the page: tells when a probe first stands in the thread, and in the list. */
function watchForProbes() {
  const told = new Set();
  const places = { thread: '[data-testid="message"]', list: '[data-testid="row-preview"]' };
  const look = () => {
    const now = Date.now();
    for (const [place, selector] of Object.entries(places)) {
      for (const element of document.querySelectorAll(selector)) {
        const probe = element.textContent.match(/計測 \d+ 番目です。/)?.[0];
        if (!probe || told.has(place + probe)) continue;
        told.add(place + probe);
        window.probeShown(probe, place, now);
      }
    }
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
}

/** What one answer of this server costs on this machine right now, without any work behind it. */
async function bareAnswers(url, count) {
  const values = [];
  for (let n = 0; n < count; n += 1) {
    const askedAt = performance.now();
    await (await fetch(`${url}/healthz`)).text();
    values.push(Math.round((performance.now() - askedAt) * 10) / 10);
  }
  return summary(values);
}

function summary(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
  return { p50: at(0.5), p95: at(0.95), max: sorted.at(-1) };
}

function report(result) {
  if (asJson) return console.log(JSON.stringify(result, null, 2));
  const { thread, list, bareAnswer, machine } = result;
  const line = (...cells) =>
    console.log(
      `  ${cells[0].padEnd(30)}${cells
        .slice(1)
        .map((cell) => String(cell).padStart(8))
        .join('')}`,
    );
  console.log();
  line('handset → screen, ms', 'p50', 'p95', 'max');
  line('the open conversation', thread.p50, thread.p95, thread.max);
  line('the list', list.p50, list.p95, list.max);
  line('a bare answer, to compare', bareAnswer.p50, bareAnswer.p95, bareAnswer.max);
  console.log(
    `\n  ${result.messages} messages, one after the other, on ${machine.processors} processors with a load of ${machine.loadBefore.toFixed(1)}.` +
      `\n  Goal: p50 below ${GOAL_P50_MS} ms: ${thread.p50 < GOAL_P50_MS ? 'met' : 'MISSED'}.\n`,
  );
}

function tell(text) {
  if (!asJson) console.log(`  ${text}`);
}
