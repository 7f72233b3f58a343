import type { EndedGroups, KeyCounts } from '../feed/index.js';

/** Groups of rows that have ended, stored on disk together with the rows. */
export class StoredGroups implements EndedGroups {
  readonly #fresh = new Set<string>();
  readonly #isStored: (group: string) => boolean;

  constructor(isStored: (group: string) => boolean) {
    this.#isStored = isStored;
  }

  has(group: string): boolean {
    return this.#fresh.has(group) || this.#isStored(group);
  }

  add(group: string): void {
    this.#fresh.add(group);
  }

  drain(): string[] {
    const groups = [...this.#fresh];
    this.#fresh.clear();
    return groups;
  }
}

/** How often keys have occurred, stored on disk together with the rows. */
export class StoredKeyCounts implements KeyCounts {
  #fresh = new Map<string, number>();
  readonly #stored: (key: string) => number;

  constructor(stored: (key: string) => number) {
    this.#stored = stored;
  }

  get(key: string): number {
    return this.#fresh.get(key) ?? this.#stored(key);
  }

  set(key: string, count: number): void {
    this.#fresh.set(key, count);
  }

  drain(): ReadonlyMap<string, number> {
    const counts = this.#fresh;
    this.#fresh = new Map();
    return counts;
  }
}
