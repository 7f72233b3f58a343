import { readFileSync } from 'node:fs';
import { ok } from '../http/orgEndpoint.js';
import type { Endpoint, OrgRequest } from '../http/orgEndpoint.js';
import type { Org } from '../org.js';
import { pageDocument } from './pageDocument.js';
import { pageHeaders } from './pageHeaders.js';
import { PageParts } from './pageParts.js';
import type { Shown } from './pageParts.js';

export { RecentRequests } from './recentRequests.js';

/** Maximum length of a search. It is longer than any name or number of a member. */
const longestSearch = 100;

/**
 * A read-only web page about the org. `/` is the page, and `/emulator/page` returns its parts for its script. Both
 * accept `?member=<text>`, which searches the members.
 */
export function pageEndpoints(org: Org, shown: Shown): Endpoint[] {
  const parts = new PageParts(org, shown);
  const token = org.sessions.strict ? '<the token of the start command>' : '00D000000000000!local';
  return [
    {
      method: 'GET',
      path: '/',
      handle: (request) => {
        const search = searchOf(request);
        const page = pageDocument({ url: request.origin, version, token, search }, parts.draw(search));
        return { status: 200, body: page.text, headers: { ...pageHeaders, 'content-type': 'text/html;charset=UTF-8' } };
      },
    },
    {
      method: 'GET',
      path: '/emulator/page',
      handle: (request) => {
        const texts = Object.entries(parts.draw(searchOf(request))).map(([id, { text }]) => [id, text]);
        return { ...ok(JSON.stringify(Object.fromEntries(texts))), headers: { ...pageHeaders, ...json } };
      },
    },
    // `sf org open` sends the browser here.
    { method: 'GET', path: '/secur/frontdoor.jsp', handle: () => ({ status: 302, headers: { location: '/' } }) },
  ];
}

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const json = { 'content-type': 'application/json;charset=UTF-8' };

function searchOf({ query }: OrgRequest): string {
  return (query.get('member') ?? '').trim().slice(0, longestSearch);
}
