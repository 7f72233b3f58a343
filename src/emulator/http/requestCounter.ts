import type { Method } from './orgEndpoint.js';

/** Counts the calls of each endpoint. It keeps only one number per endpoint, so memory does not grow. */
export class RequestCounter {
  readonly #counts = new Map<string, number>();
  #total = 0;

  /** Number of all requests, including those that reached no endpoint. */
  get total(): number {
    return this.#total;
  }

  /** The path is that of the endpoint, with its `:name` segments: `count('GET', '/services/data/:version/query')`. */
  count(method: Method, endpointPath: string): number {
    return this.#counts.get(`${method} ${endpointPath}`) ?? 0;
  }

  /** `{ 'GET /services/data/:version/query': 3 }`, in the order of first calls. */
  toObject(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }

  reset(): void {
    this.#counts.clear();
    this.#total = 0;
  }

  /** @param endpointPath undefined if the request reached no endpoint */
  record(method: Method, endpointPath?: string): void {
    this.#total += 1;
    if (endpointPath === undefined) return;
    const key = `${method} ${endpointPath}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }
}
