import type { Endpoint } from '../../http/orgEndpoint.js';
import type { Org } from '../../org.js';
import { batchEndpoints } from './compositeBatch.js';
import { collectionEndpoints } from './collectionEndpoints.js';
import { collectionUpsertEndpoints } from './collectionUpsert.js';
import { compositeRequestEndpoints } from './composite.js';
import { graphEndpoints } from './compositeGraph.js';
import { retrieveEndpoints } from './collectionRetrieve.js';
import { treeEndpoints } from './treeEndpoint.js';

/** Calls that write many rows, or that contain several requests. */
export function compositeEndpoints(org: Org): Endpoint[] {
  const parts = [
    collectionEndpoints,
    collectionUpsertEndpoints,
    retrieveEndpoints,
    compositeRequestEndpoints,
    batchEndpoints,
    graphEndpoints,
    treeEndpoints,
  ];
  return parts.flatMap((endpoints) => endpoints(org));
}
