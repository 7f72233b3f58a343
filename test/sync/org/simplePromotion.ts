import type { Clock } from '../../../src/base/clock.js';
import type { CountedProgress } from '../../../src/client/index.js';
import type { FakeOrg } from './fakeOrg.js';

/** Purchases of one round. */
const target = 5;
export const thresholds = [40, 80, 100] as const;

interface Counting {
  readonly clock: Clock;
  /** Milliseconds after which the org counts a journal that was run. */
  readonly lag: number;
}

/** A cumulative promotion that counts every journal of a member after it was run, and starts again at its target. */
export class SimplePromotion {
  readonly #org: FakeOrg;
  readonly #counting: Counting;

  constructor(org: FakeOrg, counting: Counting) {
    this.#org = org;
    this.#counting = counting;
  }

  /** Returns what a reading shows now. Members that have not begun are left out. */
  read(members: Iterable<string>): CountedProgress[] {
    const until = this.#counting.clock.now() - this.#counting.lag;
    return [...members].flatMap((member) => {
      const own = this.#org.effects.filter((effect) => effect.member === member.toLowerCase());
      const count = own.filter(({ at }) => at <= until).length;
      return count === 0 ? [] : progressAt(member, count);
    });
  }

  /** Returns what a member has crossed since it had made so many purchases, as `M1 round 2 at 80 %`. */
  crossed(member: string, from: number): string[] {
    const count = this.#org.effects.filter((effect) => effect.member === member.toLowerCase()).length;
    return Array.from({ length: Math.max(0, count - from) }, (_, index) => from + index + 1).flatMap((purchases) => {
      const round = Math.ceil(purchases / target);
      const inRound = purchases - (round - 1) * target;
      return thresholds
        .filter((each) => inRound * 100 >= each * target && (inRound - 1) * 100 < each * target)
        .map((threshold) => crossing({ member, round, threshold }));
    });
  }
}

/** Names a crossing. */
export function crossing(crossed: { readonly member: string; readonly round: number; readonly threshold: number }) {
  return `${crossed.member} round ${crossed.round} at ${crossed.threshold} %`;
}

/** Returns how many purchases a stored progress stands for. */
export function purchasesIn({ restarts, completed }: Pick<CountedProgress, 'restarts' | 'completed'>): number {
  return restarts * target + completed;
}

function progressAt(member: string, count: number): CountedProgress {
  const completed = count % target;
  return {
    mechanism: 'cumulativeUsage',
    promotionEndDate: null,
    isStored: true,
    memberId: `0lM${member.padStart(15, '0')}`,
    membershipNumber: member,
    promotionId: '0c8000000000001AAA',
    promotionName: 'Five cups',
    attributeId: null,
    attributeName: null,
    recordId: `0uS${member.padStart(15, '0')}`,
    completed,
    target,
    percent: (completed * 100) / target,
    timesReached: Math.floor(count / target),
    restarts: Math.floor(count / target),
  };
}
