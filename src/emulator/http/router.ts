import { OrgRefusal, notFound } from '../orgRefusal.js';
import type { Endpoint, Method } from './orgEndpoint.js';

export interface Match {
  readonly endpoint: Endpoint;
  readonly params: Readonly<Record<string, string>>;
}

interface Node {
  readonly fixed: Map<string, Node>;
  /** Child for any `:name` segment. Endpoints may use different names for the same segment. */
  any?: Node;
  readonly routes: Map<Method, Route>;
}

interface Route {
  readonly endpoint: Endpoint;
  /** The `:name` segments and their positions. */
  readonly params: readonly (readonly [name: string, position: number])[];
}

/**
 * Finds the endpoint for a path. The web server's own router is not used, because composite requests must find the same
 * endpoints.
 */
export class Router {
  readonly #root = newNode();

  readonly #absence: (path: string) => OrgRefusal;

  /** @param absence returns the error for a path without an endpoint */
  constructor(endpoints: readonly Endpoint[], absence: (path: string) => OrgRefusal = () => notFound()) {
    this.#absence = absence;

    for (const endpoint of endpoints) this.#add(endpoint);
  }

  /**
   * @throws {OrgRefusal} 404 NOT_FOUND when the path is unknown or badly encoded, 405 METHOD_NOT_ALLOWED, with the
   *   allowed methods, when the path does not have this method
   */
  find(method: Method, path: string): Match {
    const segments = segmentsOf(path);
    const node = findNode(this.#root, segments, 0);
    if (!node) throw this.#absence(path);
    const route = node.routes.get(method);
    if (!route) throw notAllowed(method, [...node.routes.keys()]);
    const params = route.params.map(([name, position]) => [name, decode(segments[position] ?? '')]);
    return { endpoint: route.endpoint, params: Object.fromEntries(params) as Record<string, string> };
  }

  #add(endpoint: Endpoint): void {
    let node = this.#root;
    const params: [string, number][] = [];
    for (const [position, segment] of segmentsOf(endpoint.path).entries()) {
      if (segment.startsWith(':')) params.push([segment.slice(1), position]);
      if (segment.startsWith(':')) node = node.any ??= newNode();
      else {
        const next = node.fixed.get(segment) ?? newNode();
        node.fixed.set(segment, next);
        node = next;
      }
    }
    if (node.routes.has(endpoint.method)) throw new Error(`Two endpoints for ${endpoint.method} ${endpoint.path}`);
    node.routes.set(endpoint.method, { endpoint, params });
  }
}

function findNode(node: Node, segments: readonly string[], depth: number): Node | undefined {
  const segment = segments[depth];
  if (segment === undefined) return node.routes.size > 0 ? node : undefined;
  const fixed = node.fixed.get(segment);
  return (fixed && findNode(fixed, segments, depth + 1)) ?? (node.any && findNode(node.any, segments, depth + 1));
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw notFound();
  }
}

function notAllowed(method: Method, known: readonly Method[]): OrgRefusal {
  const allowed = known.includes('GET') ? ['HEAD', ...known] : known;
  const message = `HTTP Method '${method}' not allowed. Allowed are ${allowed.join(',')}`;
  return new OrgRefusal(405, 'METHOD_NOT_ALLOWED', message);
}

function newNode(): Node {
  return { fixed: new Map(), routes: new Map() };
}
