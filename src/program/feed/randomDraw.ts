import type { Random } from '../../base/random.js';

/*
 * Drawing uses exact arithmetic only (+, −, ×, ÷ and rounding of doubles). `Math.pow`, `log` and similar functions can
 * differ in the last bit between machines, and one bit would change a feed.
 */

/** Returns true in this share of draws. */
export function chance(random: Random, share: number): boolean {
  return random.next() < share;
}

/** Returns one of the items. All are equally likely. */
export function pick<T>(random: Random, items: readonly T[]): T {
  return itemAt(items, random.integer(0, items.length - 1));
}

/**
 * Returns an index below `count`. Small ones are most likely: of 300 members, the first gets 6 % of the draws and the
 * top tenth 32 %.
 */
export function skewedIndex(random: Random, count: number): number {
  const draw = random.next();
  return Math.floor(draw * draw * count);
}

/** Returns one of the items. The first ones are most likely. */
export function pickSkewed<T>(random: Random, items: readonly T[]): T {
  return itemAt(items, skewedIndex(random, items.length));
}

function itemAt<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError('There is nothing to draw from.');
  return item;
}
