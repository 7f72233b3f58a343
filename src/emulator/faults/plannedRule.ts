import { seededRandom } from '../../base/random.js';
import type { Random } from '../../base/random.js';
import { isDivisible } from './firstRecords.js';
import { matcherOf } from './requestMatcher.js';
import type { Target } from './requestMatcher.js';
import type { FaultRule } from './faultPlan.js';

/** How often a rule matched and struck. */
export interface RuleTally {
  /** Number of matching requests or transactions. */
  readonly met: number;
  /** Number of those that the rule struck. */
  readonly struck: number;
}

/** A rule in use, with its counters and its own random numbers. */
export class PlannedRule {
  readonly #fits: (target: Target) => boolean;
  readonly #random: Random;
  #met = 0;
  #struck = 0;

  /**
   * @param seed seed of the plan
   * @param number position of the rule in the plan. It makes the rule's random numbers independent of other rules.
   */
  constructor(
    readonly rule: FaultRule,
    seed: number,
    number: number,
  ) {
    this.#fits = matcherOf(rule.match);
    this.#random = seededRandom(mixed(seed, number));
  }

  get tally(): RuleTally {
    return { met: this.#met, struck: this.#struck };
  }

  /** Whether the rule can never strike again. */
  get isSpent(): boolean {
    return this.rule.count !== undefined && this.#struck >= this.rule.count;
  }

  /** Whether the rule applies to transactions of ingest jobs instead of requests. */
  get isForJobs(): boolean {
    return this.rule.fault.startsWith('job');
  }

  /** Decides whether the rule strikes this request or transaction. Must be called once for each. */
  strikes(call: Target): boolean {
    if (this.isSpent || !this.#fits(call)) return false;
    if (this.rule.fault === 'partial' && !isDivisible(call.body)) return false;
    this.#met += 1;
    if (this.#met <= (this.rule.skip ?? 0)) return false;
    if (this.rule.rate !== undefined && this.#random.next() >= this.rule.rate) return false;
    this.#struck += 1;
    return true;
  }

  drawn(milliseconds: number | readonly [number, number]): number {
    if (typeof milliseconds === 'number') return milliseconds;
    const [one, other] = milliseconds;
    return this.#random.integer(Math.min(one, other), Math.max(one, other));
  }
}

/** Similar seeds would start with similar random numbers. The finalizer of MurmurHash3 makes them differ. */
function mixed(seed: number, number: number): number {
  let hash = seed + Math.imul(number + 1, 0x9e3779b9);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
