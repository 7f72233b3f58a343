import { expect } from 'chai';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Emulator } from '../../src/emulator/index.js';
import { RestClient } from '../emulator/restClient.js';
import { accessibilityViolations, paleTexts } from './accessibility.js';
import { startBusyOrg } from './busyOrg.js';
import { launchChromium } from './chromium.js';

describe('The page of the local org, in Chromium', () => {
  let browser: Browser;
  let org: Emulator;

  before(async () => {
    browser = await launchChromium();
    org = await startBusyOrg();
  });

  after(async () => {
    await org.stop();
    await browser.close();
  });

  /** Opens the page; `told` gathers what the browser complains of, `asked` every address that it asks for. */
  async function open(
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; told: string[]; asked: Set<string> }> {
    const page = await browser.newPage(options);
    const told: string[] = [];
    const asked = new Set<string>();
    page.on('console', (message) => told.push(message.text()));
    page.on('pageerror', (error) => told.push(error.message));
    page.on('request', (request) => asked.add(request.url()));
    await page.goto(org.url);
    return { page, told, asked };
  }

  it('shows all parts, without a complaint and without asking anybody else', async () => {
    const { page, told, asked } = await open();
    for (const heading of [
      'Programs',
      'Members',
      'Requests',
      'Point sf at it',
      'Faults that are on',
      'Objects with records',
    ]) {
      expect(await page.getByRole('heading', { name: heading, exact: true }).isVisible(), heading).to.equal(true);
    }
    await page.waitForRequest(`${org.url}/emulator/page`);
    await page.waitForTimeout(300);
    expect(told).to.deep.equal([]);
    expect([...asked].filter((url) => !url.startsWith('data:'))).to.deep.equal([
      `${org.url}/`,
      `${org.url}/emulator/page`,
    ]);
    await page.close();
  });

  it('shows its commands whole, whatever the width', async () => {
    for (const width of [1200, 390]) {
      const { page } = await open({ viewport: { width, height: 800 } });
      const cut = "[...document.querySelectorAll('pre')].filter((pre) => pre.scrollWidth > pre.clientWidth).length";
      expect(await page.evaluate<number>(cut), `at ${width}`).to.equal(0);
      await page.close();
    }
  });

  it('names its progress bars for those who cannot see them', async () => {
    const { page } = await open();
    const bar = page.getByRole('progressbar', { name: /^Harbour regular: 30 of 40$/ });
    expect(await bar.getAttribute('value')).to.equal('30');
    expect(await bar.getAttribute('max')).to.equal('40');
    await page.close();
  });

  it('follows what happens, until it is paused', async () => {
    const { page } = await open();
    const member = org.store.first('LoyaltyProgramMember', { MembershipNumber: 'HR-1001' })?.Id ?? '';
    const balance = org.store.first('LoyaltyMemberCurrency', { LoyaltyMemberId: member })?.Id ?? '';
    org.store.update('LoyaltyMemberCurrency', balance, { TotalPointsAccrued: 98_765.25 });
    await page.getByText('98,765.25').waitFor({ timeout: 30_000 });

    await page.getByRole('button', { name: 'Pause' }).click();
    expect(await page.locator('#live').textContent()).to.equal('Paused');
    await new RestClient(org).get('/sobjects/While_paused__c');
    await page.waitForTimeout(2_500);
    expect(await page.getByText('While_paused__c').count()).to.equal(0);

    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('While_paused__c').waitFor({ timeout: 30_000 });
    await page.close();
  });

  it('leaves a part alone in which the focus is', async () => {
    const { page } = await open();
    await page.locator('#requests').focus();
    await page.waitForTimeout(2_500);
    await new RestClient(org).get('/sobjects/While_read__c');
    await page.waitForTimeout(2_500);
    expect(await page.getByText('While_read__c').count()).to.equal(0);
    await page.locator('#pause').focus();
    await page.getByText('While_read__c').waitFor({ timeout: 30_000 });
    await page.close();
  });

  it('says when the org has gone', async () => {
    const other = await startBusyOrg();
    const page = await browser.newPage();
    await page.goto(other.url);
    await other.stop();
    await page.getByText('The org does not answer').waitFor({ timeout: 30_000 });
    await page.close();
  });

  it('shows everything without its script', async () => {
    const { page } = await open({ javaScriptEnabled: false });
    expect(await page.getByText('Esi Altus').isVisible()).to.equal(true);
    expect(await page.getByText('As of now. Reload for more.').isVisible()).to.equal(true);
    expect(await page.getByRole('button').allTextContents()).to.deep.equal(['Search']);
    await page.getByRole('searchbox').fill('nimbus');
    await page.getByRole('button', { name: 'Search' }).click();
    expect(await page.getByRole('heading', { level: 3, name: /Nimbus/ }).count()).to.equal(2);
    expect(await page.getByText('Esi Altus').count()).to.equal(0);
    expect(await page.getByRole('searchbox').inputValue()).to.equal('nimbus');
    await page.close();
  });

  it('searches while somebody types, and goes on doing so', async () => {
    const { page, told } = await open();
    await page.getByRole('searchbox').fill('fatima@');
    await page.getByText('1 member matches “fatima@”.').waitFor({ timeout: 30_000 });
    expect(await page.locator('#members h3').allTextContents()).to.have.length(1);
    expect(new URL(page.url()).search).to.equal('?member=fatima%40');
    await page.waitForResponse((response) => response.url().endsWith('/emulator/page?member=fatima%40'));
    await page.reload();
    expect(await page.locator('#members h3').allTextContents()).to.have.length(1);
    await page.getByRole('searchbox').fill('');
    await page.getByText('Esi Altus').waitFor({ timeout: 30_000 });
    expect(told).to.deep.equal([]);
    await page.close();
  });

  it('copies a command, whole', async () => {
    const { page } = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: 'Copy: Keep what is here, and end it' }).click();
    await page.getByText('Copied').waitFor({ timeout: 30_000 });
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).to.equal(
      `sf loyalty emulator save org.snapshot --url ${org.url}\nsf loyalty emulator stop --url ${org.url}`,
    );
    await page.getByRole('button', { name: 'Copy: promotions of Esi Altus' }).click();
    await page.getByText('Copied').nth(1).waitFor({ timeout: 30_000 });
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).to.equal(
      'sf loyalty list promotions --member HR-1005 --target-org local',
    );
    await page.close();
  });

  it('keeps open what somebody opened', async () => {
    const { page } = await open();
    await page.locator('#more-members summary').click();
    await page.locator('#pause').focus();
    const member = org.store.first('LoyaltyProgramMember', { MembershipNumber: 'HR-1002' })?.Id ?? '';
    org.store.update('LoyaltyProgramMember', member, { MembershipNumber: 'HR-1002-new' }, { as: 'org' });
    await page.locator('#members').getByText('HR-1002-new · Harbour Rewards').waitFor({ timeout: 30_000 });
    expect(await page.locator('#more-members').getAttribute('open')).to.equal('');
    await page.close();
  });

  it('is short on a phone, and long where there is room', async () => {
    const { page: phone } = await open({ viewport: { width: 390, height: 844 } });
    expect(await phone.evaluate<number>('document.documentElement.scrollHeight')).to.be.below(3 * 844);
    for (const id of ['requests', 'objects', 'faults'])
      expect(await phone.locator(`#${id}`).isVisible()).to.equal(false);
    await phone.getByRole('heading', { name: 'Requests' }).click();
    expect(await phone.locator('#requests').isVisible()).to.equal(true);
    await phone.close();
    const { page: desk } = await open({ viewport: { width: 1200, height: 844 } });
    for (const id of ['requests', 'objects', 'faults']) expect(await desk.locator(`#${id}`).isVisible()).to.equal(true);
    await desk.close();
  });

  for (const [name, options, path] of [
    ['on a desk', { viewport: { width: 1200, height: 900 } }, '/'],
    ['in the dark', { viewport: { width: 1200, height: 900 }, colorScheme: 'dark' }, '/'],
    ['on a phone', { viewport: { width: 390, height: 844 } }, '/'],
    ['with a search', {}, '/?member=nimbus'],
  ] as const) {
    it(`violates no accessibility rule ${name}`, async () => {
      const { page } = await open({ ...options });
      await page.goto(org.url + path);
      expect(await accessibilityViolations(page)).to.deep.equal([]);
      await page.close();
    });
  }

  it('is walked through by keyboard', async () => {
    const { page } = await open();
    const focused: string[] = [];
    for (let step = 0; step < 6; step++) {
      await page.keyboard.press('Tab');
      focused.push(
        await page.evaluate<string>('document.activeElement.id || document.activeElement.textContent.slice(0, 15)'),
      );
    }
    expect(focused).to.deep.equal(['Skip to members', 'pause', 'member', 'Search', 'Copy', 'Copy']);
    await page.close();
  });

  for (const width of [320, 360, 768, 1440]) {
    it(`fits into ${width} pixels`, async () => {
      const { page } = await open({ viewport: { width, height: 800 } });
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).to.equal(width);
      await page.close();
    });
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`can be read when it is ${colorScheme}`, async () => {
      const { page } = await open({ colorScheme });
      expect(await paleTexts(page)).to.deep.equal([]);
      const ground = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
      expect(Number(/\d+/.exec(ground)?.[0]) > 128).to.equal(colorScheme === 'light');
      await page.close();
    });
  }

  it('runs nothing that comes from a record', async () => {
    const { page, told } = await open();
    const contact = org.store.first('Contact', { FirstName: 'Ada' })?.Id ?? '';
    const hostile = '<img src=x onerror="document.title=1">';
    org.store.update('Contact', contact, { LastName: hostile });
    await page.getByText(hostile).waitFor({ timeout: 30_000 });
    expect(await page.locator('img').count()).to.equal(0);
    expect(await page.title()).to.match(/^Local loyalty org/);
    expect(told).to.deep.equal([]);
    await page.close();
  });
});
