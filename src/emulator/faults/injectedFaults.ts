import type { OrgCall } from '../http/orgCall.js';
import type { Interception, RequestOutcome, Serve } from '../http/requestOutcome.js';
import { Interruption } from '../interruptedRequest.js';
import type { RowLocks } from '../store/locks/rowLocks.js';
import { quotaResponse } from './faultAnswers.js';
import type { DueClock } from './dueClock.js';
import type { LongRequests } from './longRequests.js';
import type { Target } from './requestMatcher.js';
import { FaultPlan, FaultRule } from './faultPlan.js';
import type { Fault, FaultPlanInput, FaultRuleInput, JobFault } from './faultPlan.js';
import { PlannedRule } from './plannedRule.js';
import type { RuleTally } from './plannedRule.js';
import { checkedPlan } from './readFaultPlan.js';
import { applyFault } from './applyFault.js';
import { TimedWork } from './timedWork.js';

/** A rule, with how often it matched and how often it struck. */
export type FaultStatus = FaultRule & RuleTally;

/** What happens to a transaction of an ingest job. */
export interface JobFate {
  /** Milliseconds that the transaction takes. */
  readonly time: number;
  readonly fault: JobFault | undefined;
}

interface Parts {
  readonly clock: DueClock;
  readonly locks: RowLocks;
  readonly longRequests: LongRequests;
}

/**
 * Faults that are injected into a local org. The rules are tried on each request in their order. Each rule has its own
 * counter and random numbers, so with a given seed the same happens to the n-th request that matches a rule. Which
 * request is the n-th depends on the client: parallel requests do not always arrive in the same order.
 */
export class Faults implements Interception {
  readonly #end = new AbortController();
  readonly #work: TimedWork;
  readonly #underWay = new Set<Promise<unknown>>();
  #rules: PlannedRule[] = [];
  #seed = 1;
  #added = 0;

  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;

    this.#work = new TimedWork({ ...parts, signal: this.#end.signal });
  }

  get isQuiet(): boolean {
    const { locks, longRequests } = this.#parts;
    return this.#rules.every((each) => each.isSpent || each.isForJobs) && locks.isIdle && longRequests.underWay === 0;
  }

  /** All rules in their order, including those that cannot strike again. */
  get rules(): readonly FaultStatus[] {
    return this.#rules.map(({ rule, tally }) => ({ ...rule, ...tally }));
  }

  get seed(): number {
    return this.#seed;
  }

  /**
   * Appends rules.
   *
   * @throws {FaultPlanError} when a rule is invalid
   */
  add(...rules: readonly FaultRuleInput[]): void {
    const read = rules.map((rule) => checkedPlan(FaultRule, rule));
    for (const rule of read) this.#rules.push(new PlannedRule(rule, this.#seed, this.#added++));
  }

  /**
   * Replaces all rules by those of the plan, and starts from its seed.
   *
   * @throws {FaultPlanError} when the plan is invalid
   */
  replace(plan: FaultPlanInput): void {
    const { seed, rules } = checkedPlan(FaultPlan, plan);
    this.clear();
    this.#seed = seed;
    this.add(...rules);
  }

  /** Removes all rules. Requests in progress are not affected. */
  clear(): void {
    this.#rules = [];
    this.#added = 0;
  }

  /** Resolves when no request is in progress, not even one whose client has disconnected. */
  async settled(): Promise<void> {
    while (this.#underWay.size + this.#work.late.size > 0) {
      await Promise.allSettled([...this.#underWay, ...this.#work.late]);
    }
  }

  /** Aborts when the org ends, so nothing keeps waiting. */
  get ended(): AbortSignal {
    return this.#end.signal;
  }

  /** Ends the requests in progress without doing their work. */
  stop(): void {
    this.#end.abort();
  }

  async intercept(call: OrgCall, serve: Serve): Promise<RequestOutcome> {
    const outcome = this.#inTurn(call, serve).catch((error: unknown): RequestOutcome => {
      if (!(error instanceof Interruption)) throw error;
      return { endpoint: undefined, response: { status: 0 }, loss: { kind: 'close' } };
    });
    this.#underWay.add(outcome);
    return outcome.finally(() => this.#underWay.delete(outcome));
  }

  /** Decides what happens to the next transaction of an ingest job. Must be called once per transaction. */
  ofJob(transaction: Omit<Target, 'isApiCall' | 'method'>): JobFate {
    const target: Target = { ...transaction, method: 'PUT', isApiCall: true };
    const { time, struck } = this.#fateOf(
      target,
      this.#rules.filter((each) => each.isForJobs),
    );
    return { time, fault: struck?.rule as JobFault | undefined };
  }

  /** What is due is carried out before a request that arrives later. */
  async #inTurn(call: OrgCall, serve: Serve): Promise<RequestOutcome> {
    const { clock, longRequests } = this.#parts;
    const overdue = clock.overdue();
    if (overdue) await overdue;
    if (call.isApiCall && longRequests.isExhausted) {
      return { endpoint: undefined, response: quotaResponse({ limit: 'concurrent' }) };
    }
    return this.#meet(call, serve);
  }

  #meet(call: OrgCall, serve: Serve): Promise<RequestOutcome> {
    const { time, struck } = this.#fateOf(
      call,
      this.#rules.filter((each) => !each.isForJobs),
    );
    if (time === 0 && !struck) return this.#work.do(call, serve, 0);
    const { clock, longRequests } = this.#parts;
    return longRequests.during(async () => {
      if (!struck) return this.#work.do(call, serve, time);
      const fault = struck.rule as Fault;
      const outcome = await applyFault(fault, {
        call,
        pass: async () => {
          if (time > 0) await clock.sleep(time, this.#end.signal);
        },
        work: (part = call) => this.#work.do(part, serve, time),
        workLater: (more) => {
          const later = time + struck.drawn(more);
          this.#work.later(() => longRequests.during(() => this.#work.do(call, serve, later)));
        },
      });
      return { ...outcome, fault: fault.name ?? fault.fault };
    });
  }

  /** Decides how long the work takes and which fault strikes. */
  #fateOf(call: Target, rules: readonly PlannedRule[]): { time: number; struck: PlannedRule | undefined } {
    let time = 0;
    let struck: PlannedRule | undefined;
    for (const planned of rules) {
      const { rule } = planned;
      const isLatency = rule.fault === 'latency' || rule.fault === 'jobLatency';
      if ((struck && !isLatency) || !planned.strikes(call)) continue;
      if (isLatency) time += planned.drawn(rule.milliseconds);
      else struck = planned;
    }
    return { time, struck };
  }
}
