import type { Endpoint } from '../../http/orgEndpoint.js';
import type { Org } from '../../org.js';
import { batchEndpoints } from './batch.js';
import { collectionEndpoints } from './collections.js';
import { collectionUpsertEndpoints } from './collectionUpsert.js';
import { compositeRequestEndpoints } from './composite.js';
import { graphEndpoints } from './graph.js';
import { retrieveEndpoints } from './retrieve.js';
import { treeEndpoints } from './tree.js';

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
