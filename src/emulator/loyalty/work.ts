import type { Org } from '../org.js';
import type { Store } from '../store/store.js';

/** Who writes where. */
export interface Writing {
  readonly store: Store;
  readonly userId: string;
}

/**
 * All that one loyalty request reads and writes, in one transaction: everything is kept, or nothing when `work` throws.
 *
 * Every endpoint of this room passes through here exactly once per request, so a fault that has to strike before or
 * after the commit has one place to stand.
 */
export function inOneTransaction<T>({ store }: Org, userId: string, work: (writing: Writing) => T): T {
  return store.transaction(() => work({ store, userId }));
}
