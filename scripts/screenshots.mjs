/** `npm run screenshots`: the pictures of docs/images, taken from a demo on data of its own. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchBrowser, openConsole } from './browser.mjs';
import { tellDemoDay } from './demo-day.mjs';
import { sentencesOf } from './fault.mjs';
import { smallerPng } from './smaller-png.mjs';
import { DemoDoors, startThrowawayHouse } from './throwaway-house.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, process.argv[2] ?? 'docs/images');
// Somewhere it is ten o’clock: the story is one of a morning, whenever it is told.
const timezoneId = morning(new Date().getUTCHours());
const desk = { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 2, timezoneId };
const phone = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
  timezoneId,
};

const stops = [];
try {
  mkdirSync(target, { recursive: true });
  console.log('  Starting the house on data of its own …');
  const house = await startThrowawayHouse(root);
  stops.push(house.stop);
  const browser = await launchBrowser(root);
  stops.push(() => browser.close());
  const aoi = await new DemoDoors(house).signIn('aoi@demo.example');
  const ren = await new DemoDoors(house).signIn('ren@demo.example');
  console.log('  Telling the story of a morning …');
  const { id, phone: misaki } = await tellDemoDay(aoi, ren, await signboard(browser, house));

  /** One picture: what is to be opened, and what is done there before it is taken. */
  const shot = async (name, path, options, act = async () => {}) => {
    const page = await openConsole(browser, options.nobody ? { ...house, cookie: '' } : aoi, path, options);
    if (!options.nobody) await page.locator('[data-testid="connection"][data-status="online"]').waitFor();
    await act(page);
    await save(name, page);
  };
  const save = async (name, page) => {
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => document.fonts.ready);
    await page.mouse.move(0, 0);
    writeFileSync(join(target, `${name}.png`), smallerPng(await page.screenshot()));
    await page.context().close();
    console.log(`  ✓ ${name}.png`);
  };
  const thread = (page) => page.getByTestId('message').filter({ hasText: '見つけました' }).waitFor();
  const english = { preferences: { locale: 'en' }, locale: 'en-GB' };

  await shot('sign-in', '/', { ...desk, nobody: true }, (page) => page.getByTestId('sign-in-form').waitFor());
  await shot('phone-list', '/?view=all', phone, (page) => page.getByTestId('conversation-row').first().waitFor());
  await shot('phone-list-dark', '/?view=all', { ...phone, theme: 'dark' }, (page) =>
    page.getByTestId('conversation-row').first().waitFor(),
  );
  await shot('phone-thread', `/c/${id}?view=all`, phone, thread);
  await shot('phone-thread-dark', `/c/${id}?view=all`, { ...phone, theme: 'dark' }, thread);
  await shot('phone-panel', `/c/${id}?view=all`, phone, async (page) => {
    await thread(page);
    await page.getByTestId('panel').click();
    await page.getByTestId('contact-history').waitFor();
  });
  const handset = await openConsole(browser, { consoleUrl: house.simulatorUrl, cookie: '' }, `/?phones=${misaki}`, {
    ...desk,
    viewport: { width: 1080, height: 860 },
    deviceScaleFactor: 1.5,
  });
  await handset.getByText('見つけました').first().waitFor();
  await save('handset', handset);
  await shot('console-ja-light', `/c/${id}?view=all`, desk, thread);
  await shot('console-ja-dark', `/c/${id}?view=all`, { ...desk, theme: 'dark' }, thread);
  await shot('console-en-light', `/c/${id}?view=all`, { ...desk, ...english }, async (page) => {
    await thread(page);
    await page.getByTestId('tab-note').click();
  });
} catch (error) {
  console.error(`\n${sentencesOf(error).join('\n')}\n`);
  process.exitCode = 1;
} finally {
  for (const stop of stops.reverse()) await stop();
}

function morning(utcHour) {
  const east = ((10 - utcHour + 36) % 24) - 12;
  return `Etc/GMT${east > 0 ? `-${east}` : `+${-east}`}`;
}

/** What a customer photographs: drawn here, so that no picture of anybody else’s is needed. */
async function signboard(browser, { simulatorUrl }) {
  const page = await browser.newPage({ viewport: { width: 720, height: 480 } });
  // Its page has the letters.
  await page.goto(simulatorUrl);
  await page.evaluate(
    (drawing) => {
      document.body.outerHTML = drawing;
      return document.fonts.ready;
    },
    `<body style="margin:0;display:block"><svg width="720" height="480" viewBox="0 0 720 480" font-family="'Noto Sans JP Variable', sans-serif">
    <defs><linearGradient id="g" x2="0" y2="1"><stop stop-color="#bfe3f7"/><stop offset="1" stop-color="#eef6f2"/></linearGradient></defs>
    <rect width="720" height="480" fill="url(#g)"/>
    <rect y="352" width="720" height="128" fill="#c9cdd2"/><rect y="352" width="720" height="8" fill="#aeb4bb"/>
    <rect x="40" y="120" width="26" height="240" fill="#8d949c"/><rect x="654" y="120" width="26" height="240" fill="#8d949c"/>
    <rect x="24" y="64" width="672" height="132" rx="10" fill="#1d3557"/>
    <circle cx="104" cy="130" r="38" fill="#ffd23f"/><path d="M88 148v-36h32v36m-26-26h20" stroke="#1d3557" stroke-width="7" fill="none"/>
    <text x="168" y="124" font-size="40" font-weight="700" fill="#fff">団体バス のりば</text>
    <text x="168" y="168" font-size="28" fill="#c7d7ea">Group Buses  1 – 4</text>
    <path d="M588 130h56m-22-22 22 22-22 22" stroke="#ffd23f" stroke-width="10" fill="none" stroke-linecap="round" stroke-linejoin="round"/>
    <g fill="#2f3a45"><circle cx="250" cy="292" r="20"/><path d="M222 400c0-52 12-82 28-82s28 30 28 82z"/></g>
    <rect x="292" y="350" width="44" height="54" rx="8" fill="#e76f51"/><path d="M304 350v-16h20v16" stroke="#2f3a45" stroke-width="5" fill="none"/>
  </svg></body>`,
  );
  await page.evaluate(() => document.fonts.ready);
  const picture = await page.screenshot();
  await page.close();
  return picture;
}
