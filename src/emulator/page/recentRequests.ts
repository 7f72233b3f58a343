import type { Clock } from '../../base/clock.js';
import type { RequestEvent } from '../http/server.js';

/** A request as the page shows it. */
export interface RecentRequest extends RequestEvent {
  /** When it ended: milliseconds since 1970. */
  readonly at: number;
}

/** A query may be 16 KB long, and nobody reads that. */
const mostCharacters = 300;

/** The last requests, and only those: the memory of a long run does not grow. */
export class RecentRequests {
  readonly #ring: RecentRequest[] = [];
  #next = 0;
  #total = 0;

  public constructor(
    private readonly clock: Clock,
    private readonly capacity = 50,
  ) {}

  /** Requests since the start. */
  public get total(): number {
    return this.#total;
  }

  /** What the page itself asks for is left out: it would push out everything else. */
  public record(event: RequestEvent): void {
    if (isOfThePage(event.url)) return;
    this.#ring[this.#next] = { ...event, url: shown(event.url), at: this.clock.now() };
    this.#next = (this.#next + 1) % this.capacity;
    this.#total += 1;
  }

  /** Newest first. */
  public list(): RecentRequest[] {
    return [...this.#ring.slice(this.#next), ...this.#ring.slice(0, this.#next)].reverse();
  }
}

function isOfThePage(url: string): boolean {
  return /^\/(?:$|\?)/.test(url) || url.startsWith('/emulator/page') || url === '/favicon.ico';
}

/** The identity URL takes a token in its query; a page is no place for it. */
function shown(url: string): string {
  const safe = url.includes('token=') ? url.replace(/(token=)[^&]*/gi, '$1…') : url;
  return safe.length > mostCharacters ? `${safe.slice(0, mostCharacters)}…` : safe;
}
