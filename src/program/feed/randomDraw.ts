import type { Random } from '../../base/random.js';

/*
 * Only exact arithmetic is used for drawing (+, −, ×, ÷ and rounding of doubles): `Math.pow`, `log` and their like may
 * differ in the last bit between machines, and one bit would change a feed.
 */

/** True in this share of draws. */
export function chance(random: Random, share: number): boolean {
  return random.next() < share;
}

/** One of them, all equally likely. */
export function pick<T>(random: Random, items: readonly T[]): T {
  return itemAt(items, random.integer(0, items.length - 1));
}

/**
 * An index below `count`, small ones most often: of 300 members the first makes 6 % of the draws, the upper tenth 32 %.
 */
export function skewedIndex(random: Random, count: number): number {
  const draw = random.next();
  return Math.floor(draw * draw * count);
}

/** One of them, the first ones most often. */
export function pickSkewed<T>(random: Random, items: readonly T[]): T {
  return itemAt(items, skewedIndex(random, items.length));
}

function itemAt<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError('There is nothing to draw from.');
  return item;
}
