import { setImmediate } from 'node:timers/promises';

/** An array or a typed array. */
interface Divisible<Part> {
  readonly length: number;
  slice(from: number, to: number): Part;
}

/**
 * Yields a list in parts, so that what is made of it is never in memory as a whole. Between two of them, everything else
 * in the process gets its turn: without this, a lease would not be renewed, and garbage not be collected.
 */
export async function* stretches<List extends Divisible<List>>(all: List, length: number): AsyncGenerator<List> {
  for (let at = 0; at < all.length; at += length) {
    yield all.slice(at, at + length);
    await setImmediate();
  }
}
