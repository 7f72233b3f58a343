import type { Emulator } from '../../../src/emulator/index.js';

interface KillClock {
  readonly origin: number;
  readonly speed: number;
}

/** What happened in a story and when, so that a law that did not hold can be explained. */
export class KillHistory {
  readonly #clock: KillClock;
  readonly #events: { readonly at: number; readonly what: string }[] = [];

  constructor(clock: KillClock) {
    this.#clock = clock;
  }

  add(what: string): void {
    this.#events.push({ at: Date.now() - this.#clock.origin, what });
  }

  /** Returns all events and all commits of journals in order, with real milliseconds since the story began. */
  with({ effects }: Emulator): string[] {
    const { origin, speed } = this.#clock;
    const commits = [...effects]
      .filter(({ object, operation }) => object === 'TransactionJournal' && operation === 'insert')
      .map(({ at, fields }) => ({
        at: Math.round((Date.parse(at) - origin) / speed),
        what: `journal of ${String(fields['ExternalTransactionNumber'])}`,
      }));
    return [...this.#events, ...commits].sort((a, b) => a.at - b.at).map(({ at, what }) => `${at} ms: ${what}`);
  }
}
