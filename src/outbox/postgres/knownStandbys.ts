import { systemClock } from '../../base/clock.js';
import type { RelayAnswer } from '../relay.js';
import type { FoundStandby } from './relayStatements.js';

/** How long a standby rests that cannot send at present, in milliseconds. */
const rest = 60_000;
/** After so many failures in a row, it rests, too: one alone may be chance. */
const mostFailures = 3;

export interface Standby extends FoundStandby {
  /** Requests that it has in progress. */
  busy: number;
  failures: number;
  failedAt: number;
  restsUntil: number;
}

/** The standbys that send for the process that delivers, and how they do. */
export class KnownStandbys {
  readonly #standbys = new Map<string, Standby>();

  get isEmpty(): boolean {
    return this.#standbys.size === 0;
  }

  /** How many requests those that do not rest can have in progress. */
  get connections(): number {
    return this.#usable().reduce((sum, { connections }) => sum + connections, 0);
  }

  /** The one with most room for another request. */
  get roomiest(): Standby | undefined {
    return this.#usable()
      .filter((standby) => roomOf(standby) > 0)
      .sort((one, other) => roomOf(other) - roomOf(one))[0];
  }

  /** @param found all that there are at present */
  see(found: readonly FoundStandby[]): void {
    const tokens = new Set(found.map(({ token }) => token));
    for (const each of found) {
      const known = this.#standbys.get(each.token);
      if (known) Object.assign(known, each);
      else this.#standbys.set(each.token, { ...each, busy: 0, failures: 0, failedAt: -Infinity, restsUntil: 0 });
    }
    for (const [token, standby] of this.#standbys) {
      if (tokens.has(token)) continue;
      standby.until = 0;
      if (standby.busy === 0) this.#standbys.delete(token);
    }
  }

  /**
   * Requests that were under way together may fail for one cause, such as a lost network: only one that was offered after
   * the latest failure is another failure.
   * @param offeredAt by the monotonic clock, in milliseconds
   */
  rate(standby: Standby, how: Parameters<RelayAnswer['rate']>[0], offeredAt: number): void {
    const now = systemClock.monotonic();
    if (how === 'works') standby.failures = 0;
    if (how === 'fails' && offeredAt >= standby.failedAt) {
      standby.failures += 1;
      standby.failedAt = now;
    }
    if (how !== 'cannot' && standby.failures < mostFailures) return;
    standby.failures = 0;
    standby.restsUntil = now + rest;
  }

  restAll(): void {
    const now = systemClock.monotonic();
    for (const standby of this.#standbys.values()) this.rate(standby, 'cannot', now);
  }

  #usable(): Standby[] {
    const now = systemClock.monotonic();
    return [...this.#standbys.values()].filter(({ until, restsUntil }) => now < until && now >= restsUntil);
  }
}

function roomOf({ connections, busy }: Standby): number {
  return connections - busy;
}
