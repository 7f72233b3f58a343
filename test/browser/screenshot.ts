/** `npm run screenshot`: draws the picture of the documentation anew. */
import { stat } from 'node:fs/promises';
import { screenshotPath, startBusyOrg } from './busyOrg.js';
import { launchChromium } from './chromium.js';

/** A picture that is fetched with every clone. */
const mostBytes = 200_000;

// A port of its own, so that the picture only changes when the page does.
await using org = await startBusyOrg({ port: 8366 });
const browser = await launchChromium();
try {
  const page = await browser.newPage({ viewport: { width: 1200, height: 1100 }, colorScheme: 'light' });
  await page.goto(org.url);
  await page.screenshot({ path: screenshotPath });
} finally {
  await browser.close();
}
const { size } = await stat(screenshotPath);
if (size > mostBytes) throw new Error(`${screenshotPath} has ${size} bytes: at most ${mostBytes} are wanted.`);
console.log(`${screenshotPath}: ${size} bytes`);
