import type { Endpoint } from '../../http/endpoint.js';
import type { Org } from '../../org.js';
import { collectionEndpoints } from './collections.js';
import { collectionUpsertEndpoints } from './collectionUpsert.js';
import { retrieveEndpoints } from './retrieve.js';

/** Many at once: rows by the two hundred, and requests within a request. */
export function compositeEndpoints(org: Org): Endpoint[] {
  const parts = [collectionEndpoints, collectionUpsertEndpoints, retrieveEndpoints];
  return parts.flatMap((endpoints) => endpoints(org));
}
