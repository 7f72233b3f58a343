/** `npm run screenshot`: draws the pictures of the documentation anew. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { reportPage } from '../../src/insight/index.js';
import { exampleReport } from '../insight/exampleReport.js';
import { screenshotPath, startBusyOrg } from './busyOrg.js';
import { launchChromium } from './chromium.js';

/** Pictures are fetched with every clone. */
const mostBytes = 200_000;

const folder = join(import.meta.dirname, '..', '..', 'docs', 'screenshots');
const browser = await launchChromium();

async function draw(
  path: string,
  options: Parameters<typeof browser.newPage>[0],
  show: (page: Page) => Promise<unknown>,
): Promise<void> {
  const page = await browser.newPage(options);
  await show(page);
  await page.screenshot({ path });
  await page.close();
  const { size } = await stat(path);
  if (size > mostBytes) throw new Error(`${path} has ${size} bytes: at most ${mostBytes} are wanted.`);
  console.log(`${path}: ${size} bytes`);
}

async function drawOrg(): Promise<void> {
  // A port of its own, so that the picture only changes when the page does.
  await using org = await startBusyOrg({ port: 8366 });
  await draw(screenshotPath, { viewport: { width: 1200, height: 1100 }, colorScheme: 'light' }, (page) =>
    page.goto(org.url),
  );
}

/** The heights end between two parts of the page, and are about the same when they stand side by side. */
async function drawReport(): Promise<void> {
  const text = reportPage(exampleReport(), { program: 'Harbour Rewards', today: '2026-06-02' });
  const show = (page: Page): Promise<unknown> => page.setContent(text);
  await draw(join(folder, 'report-page.png'), { viewport: { width: 1280, height: 1610 }, colorScheme: 'light' }, show);
  await draw(
    join(folder, 'report-page-phone.png'),
    { viewport: { width: 390, height: 1450 }, colorScheme: 'dark' },
    show,
  );
}

try {
  await drawOrg();
  await drawReport();
} finally {
  await browser.close();
}
