import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** Nothing leaves the machine: what a browser does at its first run is switched off. */
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The Chromium of this machine. @throws {Error} that says how to get one */
export async function launchChromium(): Promise<Browser> {
  if (!existsSync(executablePath)) {
    throw new Error(
      `There is no browser at ${executablePath}: install one (on Debian: apt-get install chromium), or name it in CHROMIUM_PATH.`,
    );
  }
  return chromium.launch({ executablePath, args });
}
