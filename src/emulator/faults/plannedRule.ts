import { type Random, seededRandom } from '../../base/random.js';
import { isDivisible } from './firstRecords.js';
import { matcherOf, type Target } from './matcher.js';
import type { FaultRule } from './plan.js';

/** How often a rule has been applied. */
export interface RuleTally {
  /** Requests, or transactions of jobs, that fitted. */
  readonly met: number;
  /** Those of them that it struck. */
  readonly struck: number;
}

/** A rule at work: what it has seen so far, and its own stretch of chance. */
export class PlannedRule {
  readonly #fits: (target: Target) => boolean;
  readonly #random: Random;
  #met = 0;
  #struck = 0;

  /**
   * @param seed of the plan
   * @param number of the rule in the plan: each has chances of its own, so that a further rule changes nothing for it
   */
  public constructor(
    public readonly rule: FaultRule,
    seed: number,
    number: number,
  ) {
    this.#fits = matcherOf(rule.match);
    this.#random = seededRandom(mixed(seed, number));
  }

  public get tally(): RuleTally {
    return { met: this.#met, struck: this.#struck };
  }

  /** It never strikes again. */
  public get isSpent(): boolean {
    return this.rule.count !== undefined && this.#struck >= this.rule.count;
  }

  /** It is for transactions of ingest jobs, and not for requests. */
  public get isForJobs(): boolean {
    return this.rule.fault.startsWith('job');
  }

  /** Whether it strikes this request or transaction. Asked once for each. */
  public strikes(call: Target): boolean {
    if (this.isSpent || !this.#fits(call)) return false;
    if (this.rule.fault === 'partial' && !isDivisible(call.body)) return false;
    this.#met += 1;
    if (this.#met <= (this.rule.skip ?? 0)) return false;
    if (this.rule.rate !== undefined && this.#random.next() >= this.rule.rate) return false;
    this.#struck += 1;
    return true;
  }

  public drawn(milliseconds: number | readonly [number, number]): number {
    if (typeof milliseconds === 'number') return milliseconds;
    const [one, other] = milliseconds;
    return this.#random.integer(Math.min(one, other), Math.max(one, other));
  }
}

/** Neighbouring seeds would begin with neighbouring numbers: the finalizer of MurmurHash3 tears them apart. */
function mixed(seed: number, number: number): number {
  let hash = seed + Math.imul(number + 1, 0x9e3779b9);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
