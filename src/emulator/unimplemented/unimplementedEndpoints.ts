import { notImplemented } from '../apiError.js';
import type { Endpoint } from '../http/endpoint.js';
import type { DocumentedResource } from './documentedResource.js';
import { absentLoyaltyResources } from './absentLoyaltyResources.js';
import { platformResources } from './platformResources.js';

/**
 * An endpoint for each documented resource that is not among those that are served: it says so. A version that does not
 * have the resource answers 404, and another method 405, as if it were there.
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

/** Two endpoints are for the same resource, however they call the parts of its path. */
function formOf({ method, path }: Pick<Endpoint, 'method' | 'path'>): string {
  return `${method} ${path.replace(/:\w+/g, ':')}`;
}
