import { CrowdEnd } from '../../base/crowdEnd.js';

/** Work that waits for the commit, and who is told. */
interface Waiting {
  readonly work: () => void;
  readonly fail: (error: unknown) => void;
  readonly finish: () => void;
}

/**
 * Gathers work that comes together into one transaction, because a durable commit costs the same for one piece of work as
 * for many. Either all of it is stored, or none.
 */
export class CommitTurn {
  readonly #commit: (work: () => void) => void;
  readonly #crowd = new CrowdEnd(() => this.#end());
  #waiting: Waiting[] | undefined;

  /** @param commit runs the work in a transaction */
  constructor(commit: (work: () => void) => void) {
    this.#commit = commit;
  }

  /** Does the work when the crowd that it belongs to has come. Resolves when it is stored. */
  begin<T>(work: () => T): Promise<T> {
    this.#crowd.came();
    return this.#add((this.#waiting ??= []), work);
  }

  /** Does the work, if it is needed, with other work that waits, or at once if there is none. */
  async join<T>(work: () => T[], isNeeded: () => boolean): Promise<T[]> {
    if (this.#waiting) return this.#add(this.#waiting, () => (isNeeded() ? work() : []));
    if (!isNeeded()) return [];
    let result: T[] = [];
    this.#commit(() => {
      result = work();
    });
    return result;
  }

  #add<T>(waiting: Waiting[], work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      let result: T;
      waiting.push({
        work: () => {
          result = work();
        },
        fail: reject,
        finish: () => resolve(result),
      });
    });
  }

  #end(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    try {
      this.#commit(() => {
        for (const { work } of waiting) work();
      });
    } catch (error) {
      for (const { fail } of waiting) fail(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    for (const { finish } of waiting) finish();
  }
}
