import { notFound, notImplemented } from '../orgRefusal.js';
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
  const absent = [...absentLoyaltyResources, ...platformResources].map(toEndpoint);
  return [...absent, withoutTracking].filter((endpoint) => !known.has(formOf(endpoint)));
}

/**
 * What a sandbox without source tracking answers. The CLI asks before each deploy, and takes only this for a no.
 */
const withoutTracking: Endpoint = {
  method: 'GET',
  path: '/services/data/:version/tooling/sobjects/SourceMember/describe',
  handle: () => {
    throw notFound();
  },
};

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
