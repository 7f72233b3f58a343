import type { Clock } from '../../base/clock.js';
import type { OrgCall } from '../http/orgCall.js';
import type { Interception, Outcome, Serve } from '../http/outcome.js';
import { Interruption } from '../interruption.js';
import type { RowLocks } from '../store/locks/rowLocks.js';
import { quotaResponse } from './failures.js';
import type { LongRequests } from './longRequests.js';
import type { Target } from './matcher.js';
import { type Fault, FaultPlan, FaultRule, type FaultPlanInput, type FaultRuleInput, type JobFault } from './plan.js';
import { PlannedRule, type RuleTally } from './plannedRule.js';
import { checked } from './readFaultPlan.js';
import { strike } from './strike.js';
import { Work } from './work.js';

/** A rule and how often it has been applied. */
export type FaultStatus = FaultRule & RuleTally;

/** What becomes of a transaction of an ingest job. */
export interface JobFate {
  /** Milliseconds that it takes. */
  readonly time: number;
  readonly fault: JobFault | undefined;
}

interface Parts {
  readonly clock: Clock;
  readonly locks: RowLocks;
  readonly longRequests: LongRequests;
}

/**
 * What goes wrong in a local org, on purpose. A request meets the rules in their order; every rule counts and draws for
 * itself, so that one seed means one fate for the n-th request that fits a rule. Which request is the n-th is up to the
 * client: one that sends several at a time does not always send them in the same order.
 */
export class Faults implements Interception {
  readonly #end = new AbortController();
  readonly #work: Work;
  readonly #underWay = new Set<Promise<unknown>>();
  #rules: PlannedRule[] = [];
  #seed = 1;
  #added = 0;

  public constructor(private readonly parts: Parts) {
    this.#work = new Work({ ...parts, signal: this.#end.signal });
  }

  public get isQuiet(): boolean {
    const { locks, longRequests } = this.parts;
    return this.#rules.every((each) => each.isSpent || each.isForJobs) && locks.isIdle && longRequests.underWay === 0;
  }

  /** The rules in their order, spent ones included. */
  public get rules(): readonly FaultStatus[] {
    return this.#rules.map(({ rule, tally }) => ({ ...rule, ...tally }));
  }

  public get seed(): number {
    return this.#seed;
  }

  /** Puts rules behind those that there are. @throws FaultPlanError */
  public add(...rules: readonly FaultRuleInput[]): void {
    const read = rules.map((rule) => checked(FaultRule, rule));
    for (const rule of read) this.#rules.push(new PlannedRule(rule, this.#seed, this.#added++));
  }

  /** Forgets all rules and begins again, from the plan's seed. @throws FaultPlanError */
  public replace(plan: FaultPlanInput): void {
    const { seed, rules } = checked(FaultPlan, plan);
    this.clear();
    this.#seed = seed;
    this.add(...rules);
  }

  /** From now on all goes well; what is under way goes on as planned. */
  public clear(): void {
    this.#rules = [];
    this.#added = 0;
  }

  /** Resolves when no request is under way any more, not even one whose client has gone. */
  public async settled(): Promise<void> {
    while (this.#underWay.size + this.#work.late.size > 0) {
      await Promise.allSettled([...this.#underWay, ...this.#work.late]);
    }
  }

  /** Aborts when the org ends: nobody waits any longer then. */
  public get ended(): AbortSignal {
    return this.#end.signal;
  }

  /** Ends what is under way without doing it. */
  public stop(): void {
    this.#end.abort();
  }

  public async intercept(call: OrgCall, serve: Serve): Promise<Outcome> {
    const { longRequests } = this.parts;
    if (call.isApiCall && longRequests.isExhausted) {
      return { endpoint: undefined, response: quotaResponse({ limit: 'concurrent' }) };
    }
    const outcome = this.#meet(call, serve).catch((error: unknown): Outcome => {
      if (!(error instanceof Interruption)) throw error;
      return { endpoint: undefined, response: { status: 0 }, loss: { kind: 'close' } };
    });
    this.#underWay.add(outcome);
    return outcome.finally(() => this.#underWay.delete(outcome));
  }

  /** What the next transaction of an ingest job meets. Asked once for each. */
  public ofJob(transaction: Omit<Target, 'isApiCall' | 'method'>): JobFate {
    const target: Target = { ...transaction, method: 'PUT', isApiCall: true };
    const { time, struck } = this.#fateOf(
      target,
      this.#rules.filter((each) => each.isForJobs),
    );
    return { time, fault: struck?.rule as JobFault | undefined };
  }

  #meet(call: OrgCall, serve: Serve): Promise<Outcome> {
    const { time, struck } = this.#fateOf(
      call,
      this.#rules.filter((each) => !each.isForJobs),
    );
    if (time === 0 && !struck) return this.#work.do(call, serve, 0);
    const { clock, longRequests } = this.parts;
    return longRequests.during(async () => {
      if (!struck) return this.#work.do(call, serve, time);
      const fault = struck.rule as Fault;
      const outcome = await strike(fault, {
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

  /** The time that the work takes, and the fault that strikes. */
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
