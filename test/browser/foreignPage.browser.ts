import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { Emulator } from '../../src/emulator/index.js';
import type { RequestEvent } from '../../src/emulator/index.js';
import { launchChromium } from './chromium.js';

const token = '00D000000000000!local';

/** All that a page can send without being asked for permission: images, forms, simple requests, a link. */
const attack = (org: string): string => `<!doctype html>
<img src="${org}/services/oauth2/revoke?token=${token}" referrerpolicy="no-referrer">
<iframe name="there"></iframe>
<form id="form" method="post" target="there" enctype="text/plain"
  action="${org}/services/oauth2/token?grant_type=password&client_id=a&username=x@evil.example&password=x">
  <input name="a" value="b"></form>
<a href="${org}/services/oauth2/revoke?token=${token}" rel="noreferrer">link</a>
<script>
  form.submit();
  fetch('${org}/services/oauth2/revoke', { method: 'POST', mode: 'no-cors', body: new URLSearchParams({ token: '${token}' }) });
  fetch('${org}/emulator/stop', { method: 'POST', headers: { 'x-emulator-control': '1' } }).catch(() => {});
</script>`;

describe('A page of another origin, in Chromium', () => {
  let browser: Browser;
  let org: Emulator;
  let site: Server;
  const events: RequestEvent[] = [];

  before(async () => {
    browser = await launchChromium();
    org = await Emulator.start({ onRequest: (event) => events.push(event) });
    site = createServer((_, response) => response.setHeader('content-type', 'text/html').end(attack(org.url)));
    await once(site.listen(0, '127.0.0.1'), 'listening');
  });

  after(async () => {
    site.close();
    await org.stop();
    await browser.close();
  });

  for (const host of ['localhost', '127.0.0.1']) {
    it(`does nothing to the org from ${host}`, async () => {
      events.length = 0;
      const users = org.store.count('User');
      const page = await browser.newPage();
      await page.goto(`http://${host}:${(site.address() as AddressInfo).port}/`);
      await page.waitForLoadState('networkidle');
      const left = page.waitForResponse(/revoke/);
      await page.getByRole('link').click();
      expect((await left).status()).to.equal(403);
      const sent = events.map(({ method, url, status }) => `${status} ${method} ${url.split('?')[0] ?? ''}`);
      expect([...new Set(sent)].sort()).to.include.members([
        '403 GET /services/oauth2/revoke',
        '403 OPTIONS /emulator/stop',
        '403 POST /services/oauth2/revoke',
        '403 POST /services/oauth2/token',
      ]);
      expect(events.filter(({ status, url }) => status !== 403 && url !== '/favicon.ico')).to.deep.equal([]);
      expect(org.store.count('User')).to.equal(users);
      await page.close();
    });
  }
});
