import { notImplemented } from '../orgRefusal.js';
import type { Endpoint } from '../http/orgEndpoint.js';
import type { DocumentedResource } from './documentedResource.js';
import { absentLoyaltyResources } from './absentLoyaltyResources.js';
import { platformResources } from './platformResources.js';

/**
 * Returns an endpoint for each documented resource that is not served. It answers that this org does not implement the
 * resource. As for other resources, versions that lack it get 404, and other methods get 405.
 */
export function unimplementedEndpoints(served: readonly Pick<Endpoint, 'method' | 'path'>[]): Endpoint[] {
  const known = new Set(served.map(formOf));
  return [...absentLoyaltyResources, ...platformResources]
    .map(toEndpoint)
    .filter((endpoint) => !known.has(formOf(endpoint)));
}

function toEndpoint({ method, path, since, what }: DocumentedResource): Endpoint {
  const handle = (): never => {
    throw notImplemented(what);
  };
  return { method, path: `/services/data/:version${path}`, handle, ...(since !== undefined && { since }) };
}

/** Returns a text that is equal for endpoints of the same resource, whatever names its path segments have. */
function formOf({ method, path }: Pick<Endpoint, 'method' | 'path'>): string {
  return `${method} ${path.replace(/:\w+/g, ':')}`;
}
