interface ReadyCount {
  /** The length of a queue. Delete the queue before its length changes, and add it again afterwards. */
  readonly ready: number;
}

/** Queues of this length and longer ones are rare. They share one set, and are sorted when somebody asks. */
const sharedLength = 1024;

/** A set of queues that gives the longest ones first, and of equal ones the one that has waited longest. */
export class LongestFirst<Queue extends ReadyCount> {
  /** Queues by their length. The last set also has all that are longer. */
  readonly #byLength: (Set<Queue> | undefined)[] = [];
  readonly #lengths = new Map<Queue, number>();
  /** Index of the last set that has queues. */
  #longest = 0;

  get size(): number {
    return this.#lengths.size;
  }

  add(queue: Queue): void {
    const length = Math.min(queue.ready, sharedLength);
    this.#lengths.set(queue, length);
    (this.#byLength[length] ??= new Set()).add(queue);
    this.#longest = Math.max(this.#longest, length);
  }

  delete(queue: Queue): void {
    const length = this.#lengths.get(queue);
    if (length === undefined) return;
    this.#lengths.delete(queue);
    this.#byLength[length]?.delete(queue);
    while (this.#longest > 0 && !this.#byLength[this.#longest]?.size) this.#longest -= 1;
  }

  *[Symbol.iterator](): Iterator<Queue> {
    for (let length = this.#longest; length > 0; length -= 1) {
      const queues = this.#byLength[length];
      if (!queues) continue;
      yield* length < sharedLength ? queues : [...queues].sort((a, b) => b.ready - a.ready);
    }
  }
}
