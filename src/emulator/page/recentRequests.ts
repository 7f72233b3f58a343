import type { Clock } from '../../base/clock.js';
import type { RequestEvent } from '../http/server.js';

/** A request, as shown on the page. */
export interface RecentRequest extends RequestEvent {
  /** Time at which the request ended, in milliseconds since 1970. */
  readonly at: number;
}

/** Maximum length of a shown address. A query may have 16 KB. */
const mostCharacters = 300;

/** The last requests. Older ones are dropped, so memory does not grow in a long run. */
export class RecentRequests {
  readonly #ring: RecentRequest[] = [];
  #next = 0;
  #total = 0;

  readonly #clock: Clock;
  readonly #capacity;

  constructor(clock: Clock, capacity = 50) {
    this.#clock = clock;
    this.#capacity = capacity;
  }

  /** Number of requests since the start. */
  get total(): number {
    return this.#total;
  }

  /** Records a request. Requests of the page itself are left out, because they would displace all others. */
  record(event: RequestEvent): void {
    if (isOfThePage(event.url)) return;
    this.#ring[this.#next] = { ...event, url: shown(event.url), at: this.#clock.now() };
    this.#next = (this.#next + 1) % this.#capacity;
    this.#total += 1;
  }

  /** Newest first. */
  list(): RecentRequest[] {
    return [...this.#ring.slice(this.#next), ...this.#ring.slice(0, this.#next)].reverse();
  }
}

function isOfThePage(url: string): boolean {
  return /^\/(?:$|\?)/.test(url) || url.startsWith('/emulator/page') || url === '/favicon.ico';
}

/** Hides the token that the identity URL accepts in its query. */
function shown(url: string): string {
  const safe = url.includes('token=') ? url.replace(/(token=)[^&]*/gi, '$1…') : url;
  return safe.length > mostCharacters ? `${safe.slice(0, mostCharacters)}…` : safe;
}
