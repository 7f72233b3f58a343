import type { Org } from '../org.js';
import type { Store } from '../store/store.js';

/** Who writes where, for one request. */
export interface WriteContext {
  readonly store: Store;
  readonly userId: string;
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
