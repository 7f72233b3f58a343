import type { Endpoint } from '../../http/orgEndpoint.js';
import type { Org } from '../../org.js';
import { ingestEndpoints } from './ingest/ingestEndpoints.js';
import { BulkJobs } from './bulkJobs.js';
import { queryJobEndpoints } from './query/bulkQueryEndpoints.js';

/** Bulk API 2.0. */
export function bulkEndpoints(org: Org): Endpoint[] {
  const office = new BulkJobs(org);
  return [...ingestEndpoints(office), ...queryJobEndpoints(office)];
}
