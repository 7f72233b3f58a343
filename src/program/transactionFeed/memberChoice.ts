import type { Random } from '../../base/random.js';
import { chance, skewedIndex, spreadIndexes } from '../feed/randomDraw.js';
import { habitsOf, likelihood } from './memberHabits.js';
import type { MemberHabits } from './memberHabits.js';
import { momentOf } from './purchaseTimes.js';
import type { ResolvedTransactionFeed } from './transactionFeedOptions.js';

/** A member who buys something, by index. */
export interface ChosenMember extends MemberHabits {
  readonly index: number;
}

/** How many members are asked whether they would come at a given time. */
const mostDraws = 8;

/** Chooses who buys something at a given time: by the skew, and among those by their habits. */
export class MemberChoice {
  readonly #feed: ResolvedTransactionFeed;
  readonly #spread: (index: number) => number;

  constructor(feed: ResolvedTransactionFeed) {
    this.#feed = feed;
    this.#spread = spreadIndexes(feed.members.count);
  }

  /** @param time seconds since 1970 */
  at(time: number, random: Random): ChosenMember {
    const moment = momentOf(time);
    let best: { readonly member: ChosenMember; readonly likely: number } | undefined;
    for (let draw = 0; draw < mostDraws; draw++) {
      const member = this.#ofIndex(this.#drawIndex(random));
      if (!this.#isEnrolled(member.index, moment.day)) continue;
      const likely = likelihood(member, moment);
      if (chance(random, likely)) return member;
      if (best === undefined || likely > best.likely) best = { member, likely };
    }
    return best?.member ?? this.#ofIndex(this.#anyEnrolled(moment.day, random));
  }

  /** Before the first enrollment, it is any member. */
  #anyEnrolled(day: number, random: Random): number {
    const { count } = this.#feed.members;
    const from = this.#drawIndex(random);
    for (let step = 0; step < count; step++) {
      const index = (from + step) % count;
      if (this.#isEnrolled(index, day)) return index;
    }
    return from;
  }

  #isEnrolled(index: number, day: number): boolean {
    return this.#feed.members.enrolledOn(index) <= day;
  }

  #ofIndex(index: number): ChosenMember {
    return { index, ...habitsOf(this.#feed.seed, index) };
  }

  #drawIndex(random: Random): number {
    const { skew, members } = this.#feed;
    if (skew === 'usual') return this.#spread(skewedIndex(random, members.count));
    if (skew === 'one' && chance(random, 0.5)) return this.#spread(0);
    return random.integer(0, members.count - 1);
  }
}
