/** What is usual for a member. Derived from the seed and the index, so that a feed keeps nothing for each member. */
export interface MemberHabits {
  /** A number below 2^16 that chooses the favorite store. */
  readonly store: number;
  /** Hour of the day around which the member buys. */
  readonly hour: number;
  /** Two days of the week, 0 (Sunday) to 6. */
  readonly weekdays: readonly [number, number];
  /** What the member spends at a time, in cents: the middle of a range. */
  readonly spending: number;
}

export function habitsOf(seed: number, member: number): MemberHabits {
  const first = mixed(Math.imul(seed, 0x9e3779b1) ^ member);
  const second = mixed(first ^ 0x85ebca6b);
  const weekday = (first >>> 16) % 7;
  return {
    store: first & 0xffff,
    hour: 8 + ((first >>> 20) % 12),
    weekdays: [weekday, (weekday + 1 + ((second >>> 3) % 6)) % 7],
    spending: 300 + ((second >>> 8) % 2500),
  };
}

/** How likely a visit at this time is, compared with the most likely time. */
export function likelihood({ hour, weekdays }: MemberHabits, at: { readonly weekday: number; readonly hour: number }) {
  const onDay = weekdays.includes(at.weekday) ? 1 : 0.5;
  const inHour = Math.abs(at.hour - hour) <= 2 ? 1 : 0.4;
  return onDay * inHour;
}

/** Mixes the bits of a number (the finalizer of MurmurHash3). Returns an unsigned 32-bit integer. */
function mixed(bits: number): number {
  let value = bits;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
