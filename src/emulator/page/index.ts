import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Faults } from '../faults/index.js';
import { type Endpoint, ok } from '../http/endpoint.js';
import type { Org } from '../org.js';
import { type Parts, pageDocument } from './document.js';
import { faultLine } from './faultLine.js';
import { MemberViews } from './memberViews.js';
import type { RecentRequests } from './recentRequests.js';
import { rowCounts } from './rowCounts.js';
import { script } from './script.js';
import { faultsSection, membersSection, objectsSection, requestsSection, totalsSection } from './sections.js';
import { style } from './style.js';

export { RecentRequests } from './recentRequests.js';

/** What the page shows beside the rows. */
export interface Shown {
  readonly requests: RecentRequests;
  readonly faults: Pick<Faults, 'rules'>;
}

/** A person's view of the org, to read only: `/` is the page, `/emulator/page` its parts, for its script. */
export function pageEndpoints(org: Org, shown: Shown): Endpoint[] {
  const parts = atMostNowAndThen(drawing(org, shown));
  const token = org.sessions.strict ? '<the token of the start command>' : '00D000000000000!local';
  return [
    {
      method: 'GET',
      path: '/',
      handle: ({ origin }) => {
        const page = pageDocument({ url: origin, version, token }, parts());
        return { status: 200, body: page.text, headers: { ...headers, 'content-type': 'text/html;charset=UTF-8' } };
      },
    },
    {
      method: 'GET',
      path: '/emulator/page',
      handle: () => {
        const texts = Object.entries(parts()).map(([id, { text }]) => [id, text]);
        return { ...ok(JSON.stringify(Object.fromEntries(texts))), headers: { ...headers, ...json } };
      },
    },
    // Where `sf org open` sends the browser.
    { method: 'GET', path: '/secur/frontdoor.jsp', handle: () => ({ status: 302, headers: { location: '/' } }) },
  ];
}

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = [
  "default-src 'none'",
  `style-src ${hash(style)}`,
  `script-src ${hash(script)}`,
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];
const json = { 'content-type': 'application/json;charset=UTF-8' };
const headers = {
  'content-security-policy': policy.join('; '),
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

function drawing({ store, clock, usage }: Org, { requests, faults }: Shown): () => Parts {
  const started = clock.now();
  const members = new MemberViews(store.db);
  return () => ({
    totals: totalsSection({
      ...{ requests: requests.total, callsUsed: usage.used, callsMax: usage.max },
      uptime: clock.now() - started,
    }),
    faults: faultsSection(faults.rules.map(faultLine)),
    requests: requestsSection(requests.list()),
    members: membersSection(members.list()),
    objects: objectsSection(rowCounts(store)),
  });
}

/**
 * Requests wait while a page is drawn. So it is drawn at most once a second, and never takes more than a fiftieth of the
 * time, however many people look.
 */
function atMostNowAndThen<T extends object>(draw: () => T): () => T {
  let drawn: T | undefined;
  let until = 0;
  return () => {
    const now = performance.now();
    if (drawn && now < until) return drawn;
    drawn = draw();
    const took = performance.now() - now;
    until = now + Math.max(1_000, took * 50);
    return drawn;
  };
}
