import type { Endpoint } from '../../http/orgEndpoint.js';
import type { Org } from '../../org.js';
import { ingestEndpoints } from './ingestEndpoints.js';
import { BulkOffice } from './office.js';
import { queryJobEndpoints } from './queryEndpoints.js';

/** Bulk API 2.0. */
export function bulkEndpoints(org: Org): Endpoint[] {
  const office = new BulkOffice(org);
  return [...ingestEndpoints(office), ...queryJobEndpoints(office)];
}
