/** Maximum number of ids per generation. Two generations of one object hold 100,000 ids, which take about 10 MB. */
const generation = 50_000;

/**
 * Ids of rows that are known to exist, so the database is not asked for the same parents for every row of a feed. There
 * are two generations: a full young generation replaces the old one, which drops the ids that were not used since.
 */
export class RecentIds {
  #young = new Set<string>();
  #old = new Set<string>();

  has(id: string): boolean {
    if (this.#young.has(id)) return true;
    if (!this.#old.has(id)) return false;
    this.add(id);
    return true;
  }

  add(id: string): void {
    if (this.#young.size >= generation) {
      this.#old = this.#young;
      this.#young = new Set();
    }
    this.#young.add(id);
  }

  delete(id: string): void {
    this.#young.delete(id);
    this.#old.delete(id);
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }
}
