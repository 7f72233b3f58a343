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

/**
 * Returns a function that maps each index below `count` to another one: i × step modulo count reaches each once. It
 * spreads the members who are drawn most often, and have the lowest indexes, over all.
 */
export function spreadIndexes(count: number): (index: number) => number {
  let step = Math.floor(count * 0.618);
  while (step > 1 && greatestCommonDivisor(step, count) !== 1) step--;
  return (index) => (index * Math.max(step, 1) + Math.floor(count / 3)) % count;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
