import type { Endpoint } from '../http/orgEndpoint.js';
import type { Org } from '../org.js';
import { bulkEndpoints } from './bulk/index.js';
import { changedRowEndpoints } from './records/changedRows.js';
import { compositeEndpoints } from './composite/index.js';
import { describeEndpoints } from './describe/describe.js';
import { discoveryEndpoints } from './discovery.js';
import { identityEndpoints } from './auth/userIdentity.js';
import { issuedTokenEndpoints } from './auth/issuedTokens.js';
import { keyedRowEndpoints } from './records/keyedRows.js';
import { layoutEndpoints } from './layouts/index.js';
import { oauthEndpoints } from './auth/oauthEndpoints.js';
import { queryEndpoints } from './queryEndpoints.js';
import { recentEndpoints } from './recent/recentEndpoints.js';
import { rowEndpoints } from './records/rowEndpoints.js';
import { searchEndpoints } from './search/searchEndpoints.js';

/** The resources of an org without any product such as Loyalty Management. */
export function platformEndpoints(org: Org): Endpoint[] {
  const parts = [
    oauthEndpoints,
    issuedTokenEndpoints,
    identityEndpoints,
    discoveryEndpoints,
    describeEndpoints,
    layoutEndpoints,
    recentEndpoints,
    rowEndpoints,
    keyedRowEndpoints,
    changedRowEndpoints,
    queryEndpoints,
    searchEndpoints,
    compositeEndpoints,
    bulkEndpoints,
  ];
  return parts.flatMap((endpoints) => endpoints(org));
}
