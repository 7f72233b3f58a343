/** Points without a day to expire on come after all others. */
export const neverExpires = '9999-12-31';

/**
 * Points of one member, in whole hundredths, by the day on which they expire. What is spent is taken from those that
 * expire first, and what is spent before it is there is paid by the next points.
 */
export class PointsByDay {
  readonly #points = new Map<string, number>();
  /** Days that have points, the soonest first. */
  readonly #days: string[] = [];
  #debt = 0;

  add(day: string, points: number): void {
    const paid = Math.min(this.#debt, points);
    this.#debt -= paid;
    if (points === paid) return;
    const before = this.#points.get(day);
    if (before === undefined) this.#days.splice(this.#placeOf(day), 0, day);
    this.#points.set(day, (before ?? 0) + points - paid);
  }

  take(points: number): void {
    let due = points;
    while (due > 0) {
      const [day] = this.#days;
      if (day === undefined) break;
      const held = this.#points.get(day) ?? 0;
      const taken = Math.min(due, held);
      due -= taken;
      if (taken < held) this.#points.set(day, held - taken);
      else {
        this.#days.shift();
        this.#points.delete(day);
      }
    }
    this.#debt += due;
  }

  /** The points that expire on a day, the soonest first. */
  *expiring(): Generator<readonly [day: string, points: number], void, void> {
    for (const day of this.#days) if (day !== neverExpires) yield [day, this.#points.get(day) ?? 0];
  }

  /** The first place whose day is later. There are few days, however many movements. */
  #placeOf(day: string): number {
    let [low, high] = [0, this.#days.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#days[middle] ?? '') < day) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
