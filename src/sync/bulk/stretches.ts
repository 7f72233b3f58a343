import { setImmediate } from 'node:timers/promises';

/**
 * Yields a list in parts, so that what is made of it is never in memory as a whole. Between two of them, everything else
 * in the process gets its turn: without this, a lease would not be renewed, and garbage not be collected.
 */
export async function* stretches<Item>(all: readonly Item[], length: number): AsyncGenerator<Item[]> {
  for (let at = 0; at < all.length; at += length) {
    yield all.slice(at, at + length);
    await setImmediate();
  }
}
