import type { Endpoint } from '../../http/orgEndpoint.js';
import type { Org } from '../../org.js';
import { compactLayoutEndpoints } from './compactLayouts.js';
import { listViewEndpoints } from './listViews.js';
import { pageLayoutEndpoints } from './pageLayouts.js';

/** What pages and lists of an org show of records, made from the object model. */
export function layoutEndpoints(org: Org): Endpoint[] {
  return [pageLayoutEndpoints, compactLayoutEndpoints, listViewEndpoints].flatMap((endpoints) => endpoints(org));
}
