/** Most batches that wait for members who are not in them yet. */
const mostOpen = 100;

/** Puts rows into batches with at most one of each member, so that a later row of a member is in a later batch. */
export class LoopBatches<T> {
  readonly #size: number;
  readonly #memberOf: (row: T) => string;
  #open: T[][] = [];
  /** Number of batches that have left. */
  #gone = 0;
  /** By member: the number of the batch of its latest row. */
  readonly #latest = new Map<string, number>();

  constructor(size: number, memberOf: (row: T) => string) {
    this.#size = size;
    this.#memberOf = memberOf;
  }

  /** Adds a row, and returns the batches that must leave now, in order. */
  *add(row: T): Generator<readonly T[]> {
    const member = this.#memberOf(row);
    let place = Math.max(0, (this.#latest.get(member) ?? -1) + 1 - this.#gone);
    while ((this.#open[place]?.length ?? 0) >= this.#size) place++;
    (this.#open[place] ??= []).push(row);
    this.#latest.set(member, place + this.#gone);
    while ((this.#open[0]?.length ?? 0) >= this.#size || this.#open.length > mostOpen) yield this.#leave();
  }

  /** Returns the remaining batches, in order. */
  *rest(): Generator<readonly T[]> {
    while (this.#open.length > 0) yield this.#leave();
  }

  #leave(): readonly T[] {
    this.#gone += 1;
    return this.#open.shift() ?? [];
  }
}
