import type { Org } from '../org.js';
import type { Store } from '../store/store.js';

/** Who writes where, for one request. */
export interface WriteContext {
  readonly store: Store;
  readonly userId: string;
}

/** Carries a result out of a transaction that takes back its writes. */
class TakenBack extends Error {
  override readonly name = 'TakenBack';

  constructor(readonly result: unknown) {
    super('The writes are taken back.');
  }
}

/** Runs `work`, and takes back everything that it wrote. */
export function takenBack<T>({ store }: WriteContext, work: () => T): T {
  try {
    return store.transaction<T>(() => {
      throw new TakenBack(work());
    });
  } catch (error) {
    if (error instanceof TakenBack) return error.result as T;
    throw error;
  }
}

/**
 * All that one loyalty request reads and writes, in one transaction: everything is kept, or nothing when `work` throws.
 *
 * Every resource of this room passes through here exactly once per request, so a fault that has to strike before or
 * after the commit has one place to stand.
 */
export function inOneTransaction<T>({ store }: Org, userId: string, work: (writing: WriteContext) => T): T {
  return store.transaction(() => work({ store, userId }));
}
