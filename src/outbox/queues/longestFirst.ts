/** Whatever has a length that changes only between {@link LongestFirst.delete} and {@link LongestFirst.add}. */
interface Lengthy {
  readonly ready: number;
}

/** Longer queues are rare, and are sorted when somebody asks. */
const longest = 1024;

/** A set of queues that gives the longest ones first, and of equal ones the one that has waited longest. */
export class LongestFirst<Queue extends Lengthy> {
  /** Queues by their length. The last set has all that are longer. */
  readonly #byLength: (Set<Queue> | undefined)[] = [];
  readonly #lengths = new Map<Queue, number>();
  /** No queue is longer. */
  #most = 0;

  get size(): number {
    return this.#lengths.size;
  }

  add(queue: Queue): void {
    const length = Math.min(queue.ready, longest);
    this.#lengths.set(queue, length);
    (this.#byLength[length] ??= new Set()).add(queue);
    this.#most = Math.max(this.#most, length);
  }

  delete(queue: Queue): void {
    const length = this.#lengths.get(queue);
    if (length === undefined) return;
    this.#lengths.delete(queue);
    this.#byLength[length]?.delete(queue);
    while (this.#most > 0 && !this.#byLength[this.#most]?.size) this.#most -= 1;
  }

  *[Symbol.iterator](): Iterator<Queue> {
    for (let length = this.#most; length > 0; length -= 1) {
      const queues = this.#byLength[length];
      if (!queues) continue;
      yield* length < longest ? queues : [...queues].sort((a, b) => b.ready - a.ready);
    }
  }
}
