import type { Endpoint } from '../../http/orgEndpoint.js';
import type { Org } from '../../org.js';
import { ingestEndpoints } from './ingest/ingestEndpoints.js';
import { JobOffice } from './jobOffice.js';
import { queryJobEndpoints } from './query/bulkQueryEndpoints.js';

/** Bulk API 2.0. */
export function bulkEndpoints(org: Org): Endpoint[] {
  const office = new JobOffice(org);
  return [...ingestEndpoints(office), ...queryJobEndpoints(office)];
}
