import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { reportPage } from '../../src/insight/index.js';
import { exampleReport } from '../insight/exampleReport.js';
import { accessibilityViolations, paleTexts } from './accessibility.js';
import { launchChromium } from './chromium.js';

describe('The page of a report, in Chromium', () => {
  let browser: Browser;
  let folder: string;
  let url: string;

  before(async () => {
    browser = await launchChromium();
    folder = await mkdtemp(join(tmpdir(), 'report-page-'));
    const file = join(folder, 'report.html');
    await writeFile(file, reportPage(exampleReport(), { program: 'Harbour Rewards', today: '2026-06-02' }));
    url = pathToFileURL(file).href;
  });

  after(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  async function open(options: BrowserContextOptions = {}): Promise<{ page: Page; told: string[]; asked: string[] }> {
    const page = await browser.newPage(options);
    const told: string[] = [];
    const asked: string[] = [];
    page.on('console', (message) => told.push(message.text()));
    page.on('pageerror', (error) => told.push(error.message));
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(url);
    return { page, told, asked };
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 390]) {
      it(`violates no accessibility rule when it is ${colorScheme} and ${width} pixels wide, closed and open`, async () => {
        const { page, told, asked } = await open({ viewport: { width, height: 844 }, colorScheme });
        expect(await accessibilityViolations(page)).to.deep.equal([]);
        await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
        expect(await accessibilityViolations(page)).to.deep.equal([]);
        expect(await paleTexts(page)).to.deep.equal([]);
        expect(await page.evaluate<number>('document.documentElement.scrollWidth')).to.equal(width);
        expect(told).to.deep.equal([]);
        expect(asked).to.deep.equal([url]);
        await page.close();
      });
    }
  }

  it('fits into 320 pixels', async () => {
    const { page } = await open({ viewport: { width: 320, height: 640 } });
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).to.equal(320);
    await page.close();
  });

  it('is walked through by keyboard, and shows where one is', async () => {
    const { page } = await open();
    await page.keyboard.press('Tab');
    expect(await page.evaluate<string>('document.activeElement.textContent')).to.equal('Skip to the numbers');
    await page.keyboard.press('Enter');
    await page.locator('#revenue + svg ~ details summary').focus();
    await page.keyboard.press('Enter');
    expect(await page.getByRole('table', { name: 'Revenue of members' }).isVisible()).to.equal(true);
    await page.keyboard.press('Tab');
    expect(await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle')).to.equal('solid');
    await page.close();
  });

  it('names its charts for those who cannot see them', async () => {
    const { page } = await open();
    const chart = page.getByRole('img', { name: /^Revenue of members .*at most 1,682,446\.00 in December 2025\.$/ });
    expect(await chart.count()).to.equal(1);
    await page.close();
  });

  it('shows its numbers on paper', async () => {
    const { page } = await open();
    const table = page.getByRole('table', { name: 'Purchases' });
    expect(await table.isVisible()).to.equal(false);
    await page.emulateMedia({ media: 'print' });
    expect(await table.isVisible()).to.equal(true);
    await page.close();
  });

  it('runs nothing, even if a script were in it', async () => {
    const { page } = await open();
    await page.evaluate(
      "document.body.append(Object.assign(document.createElement('script'), { text: 'document.title = 1' }))",
    );
    expect(await page.title()).to.equal('Harbour Rewards, May 2026');
    await page.close();
  });
});
