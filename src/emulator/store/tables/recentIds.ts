/** Ids of about the last 100,000 rows of one object that were seen: 10 MB where every one of a hundred thousand is. */
const generation = 50_000;

/**
 * Rows that are known to be there, so that a feed does not ask the database for the same parents row after row. Kept in
 * two generations: when the young one is full it becomes the old one, and what of the old one is not asked for goes.
 */
export class RecentIds {
  #young = new Set<string>();
  #old = new Set<string>();

  public has(id: string): boolean {
    if (this.#young.has(id)) return true;
    if (!this.#old.has(id)) return false;
    this.add(id);
    return true;
  }

  public add(id: string): void {
    if (this.#young.size >= generation) {
      this.#old = this.#young;
      this.#young = new Set();
    }
    this.#young.add(id);
  }

  public delete(id: string): void {
    this.#young.delete(id);
    this.#old.delete(id);
  }

  public clear(): void {
    this.#young.clear();
    this.#old.clear();
  }
}
