import { refused } from '../../orgRefusal.js';
import { ok } from '../../http/orgEndpoint.js';
import type { Endpoint } from '../../http/orgEndpoint.js';
import type { Org } from '../../org.js';
import { recentRecords } from './recentRecords.js';

/** The records of all objects that the caller viewed last. */
export function recentEndpoints(org: Org): Endpoint[] {
  return [
    {
      method: 'GET',
      path: '/services/data/:version/recent',
      handle: ({ session, version, query }) => {
        const records = recentRecords(org, session.userId, version);
        return ok(records.slice(0, limitOf(query.get('limit'))));
      },
    },
  ];
}

function limitOf(text: string | null): number | undefined {
  if (text === null) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw refused('INVALID_PARAMETER_VALUE', `The limit parameter is not a number: ${text}`);
}
