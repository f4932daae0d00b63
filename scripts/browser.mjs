import { join } from 'node:path';
import { runnerImport } from 'vite';

/** The browser that the tests use; its finder is TypeScript, which plain Node does not read. */
export async function launchBrowser(root) {
  const { module } = await runnerImport(join(root, 'test/support/chromium.ts'), { root, logLevel: 'error' });
  return module.launchBrowser();
}

/** A page of somebody who is signed in at the demo. */
export async function openConsole(browser, doors, path, options = {}) {
  const { preferences = {}, theme = 'light', ...rest } = options;
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    colorScheme: theme,
    reducedMotion: 'reduce',
    ...rest,
  });
  if (doors.cookie) {
    const [name, value] = doors.cookie.split('=');
    await context.addCookies([{ name, value, url: doors.consoleUrl }]);
  }
  const page = await context.newPage();
  const stored = JSON.stringify({ locale: null, sendKey: 'modEnter', shortcuts: true, ...preferences });
  await page.addInitScript((text) => localStorage.setItem('madoguchi.preferences', text), stored);
  await page.goto(`${doors.consoleUrl}${path}`);
  return page;
}
