import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../support/chromium.js';

let browser: Browser;
let server: Server;
let address: string;

beforeAll(async () => {
  browser = await launchBrowser();
  server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end('<!doctype html><title>窓口</title><p id="text" style="font: 40px sans-serif">Madoguchi</p>');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterAll(async () => {
  await browser?.close();
  server?.close();
});

it('opens a page, and survives the closing of a context', async () => {
  for (const _ of [1, 2]) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(address);
    expect(await page.title()).toBe('窓口');
    await context.close();
  }
  expect(browser.isConnected()).toBe(true);
});

it('draws letters: without a font, every text would be an empty picture', async () => {
  const page = await browser.newPage();
  await page.goto(address);
  const written = await page.locator('#text').screenshot();
  await page.locator('#text').evaluate((element) => (element.style.color = 'white'));
  const white = await page.locator('#text').screenshot();
  expect(written.equals(white)).toBe(false);
  await page.close();
});
