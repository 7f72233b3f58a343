import type { Method } from './endpoint.js';

/** How often each endpoint was called: one number per endpoint, however long the org runs. */
export class RequestCounter {
  readonly #counts = new Map<string, number>();
  #total = 0;

  /** All requests, also those that met no endpoint. */
  public get total(): number {
    return this.#total;
  }

  /** `count('GET', '/services/data/:version/query')`: the path is the endpoint's, with its `:name` segments. */
  public count(method: Method, endpointPath: string): number {
    return this.#counts.get(`${method} ${endpointPath}`) ?? 0;
  }

  /** `{ 'GET /services/data/:version/query': 3 }`, in the order of first calls. */
  public toObject(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }

  public reset(): void {
    this.#counts.clear();
    this.#total = 0;
  }

  /** Without a path: a request that met no endpoint. */
  public record(method: Method, endpointPath?: string): void {
    this.#total += 1;
    if (endpointPath === undefined) return;
    const key = `${method} ${endpointPath}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }
}
