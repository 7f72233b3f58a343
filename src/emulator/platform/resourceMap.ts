import { ok } from '../http/orgEndpoint.js';
import type { Endpoint, OrgRequest } from '../http/orgEndpoint.js';
import type { Org } from '../org.js';

const root = '/services/data/:version';

/**
 * Lists the resources of an API version, and those below each folder, such as `jobs`, that is not a resource itself.
 * Both lists are made from the endpoints, so they include every new endpoint. `identity` is the caller's own address.
 */
export function resourceMapEndpoints({ sessions }: Org, all: readonly Endpoint[]): Endpoint[] {
  const served = all.filter(({ unlisted }) => !unlisted);
  const whole = (request: OrgRequest) => {
    const identity = `${request.origin}/id/${sessions.organizationId}/${request.session.userId}`;
    return ok({ ...mapOf(request, namesBelow(root, served, request.version)), identity });
  };
  const isResource = (path: string): boolean => served.some((each) => each.method === 'GET' && each.path === path);
  const folders = namesBelow(root, served, Infinity)
    .map((name) => `${root}/${name}`)
    .filter((path) => !isResource(path));
  return [{ method: 'GET', path: root, handle: whole }, ...folders.map((path) => folderEndpoint(path, served))];
}

function folderEndpoint(path: string, served: readonly Endpoint[]): Endpoint {
  const below = served.filter((each) => each.path.startsWith(`${path}/`));
  return {
    method: 'GET',
    path,
    since: Math.min(...below.map(({ since = 0 }) => since)),
    handle: (request) => ok(mapOf(request, namesBelow(path, below, request.version))),
  };
}

function mapOf({ path }: OrgRequest, names: readonly string[]): Record<string, string> {
  const base = path.replace(/\/$/, '');
  return Object.fromEntries(names.map((name) => [name, `${base}/${name}`]));
}

/** Returns the fixed path segments directly below a folder, from the endpoints that the version has. */
function namesBelow(folder: string, served: readonly Endpoint[], version: number): string[] {
  const names = served
    .filter(({ path, since = 0 }) => since <= version && path.startsWith(`${folder}/`))
    .map(({ path }) => path.slice(folder.length + 1).split('/', 1)[0] ?? '')
    .filter((name) => !name.startsWith(':'));
  return [...new Set(names)].sort();
}
