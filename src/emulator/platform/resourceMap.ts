import { type Endpoint, ok, type OrgRequest } from '../http/endpoint.js';
import type { Org } from '../org.js';

const form = /^\/services\/data\/:version\/([^/]+)/;

/**
 * What a version of the API has: the first segment of every path that is served, so that the list is right whatever is
 * added. `identity` is the caller's own address.
 */
export function resourceMapEndpoint({ sessions }: Org, served: readonly Endpoint[]): Endpoint {
  const handle = ({ path, origin, version, session }: OrgRequest) => {
    const base = path.replace(/\/$/, '');
    const resources = namesIn(served, version).map((name) => [name, `${base}/${name}`]);
    const identity = `${origin}/id/${sessions.organizationId}/${session.userId}`;
    return ok({ ...Object.fromEntries(resources), identity });
  };
  return { method: 'GET', path: '/services/data/:version', handle };
}

function namesIn(served: readonly Endpoint[], version: number): string[] {
  const young = served.filter(({ since = 0 }) => since <= version);
  const names = young.map(({ path }) => form.exec(path)?.[1]).filter((name) => name !== undefined);
  return [...new Set(names)].sort();
}
