import type { Path } from '../base/files/documentText.js';
import { actionsIn } from '../rules/index.js';
import type { ProcessTrace } from '../rules/index.js';
import { checkExpected } from './checkExpected.js';
import type { CaseMember, CaseOrg } from './caseOrg.js';
import type { CaseRequest, Expected } from './caseShapes.js';
import { firstDayOf, requestMoment, requestJournals } from './requestJournals.js';
import { isEffective, processesIn } from './firedSteps.js';
import { caseState } from './caseState.js';
import type { RuleCase } from './readRuleCases.js';
import type { CasePlace } from './ruleCaseError.js';

/** What is not as expected, and where it was expected. */
export interface CaseFailure extends CasePlace {
  /** A clause without a full stop. */
  readonly message: string;
}

export interface RuleCaseResult {
  readonly case: RuleCase;
  /** Empty: the case has passed. */
  readonly failures: readonly CaseFailure[];
  /** What the rules did, journal by journal. */
  readonly traces: readonly ProcessTrace[];
  readonly milliseconds: number;
}

/**
 * Runs a case with a member of its own. It ends at the first request that fails unexpectedly, and before the first one if
 * the member cannot have what the case gives it.
 */
export async function runRuleCase(org: CaseOrg, ruleCase: RuleCase): Promise<RuleCaseResult> {
  const started = performance.now();
  const member = await org.member(ruleCase.given, firstDayOf(ruleCase)).catch((error: unknown) => refusalOf(error));
  if (typeof member === 'string') {
    const message = `the org refuses what the member has before: ${member}`;
    const failures = [{ ...ruleCase.placeOf(['given']), message }];
    return { case: ruleCase, failures, traces: [], milliseconds: performance.now() - started };
  }
  const run = new CaseRun(org, ruleCase, member);
  for (const [index, request] of ruleCase.when.entries()) {
    if (!(await run.request(request, ['when', index]))) break;
  }
  const { failures, traces } = run.end();
  return { case: ruleCase, failures, traces, milliseconds: performance.now() - started };
}

class CaseRun {
  readonly #org: CaseOrg;
  readonly #case: RuleCase;
  readonly #member: CaseMember;
  readonly #failures: CaseFailure[] = [];
  readonly #traces: ProcessTrace[] = [];
  /** Ids of journals, by the names that the case gives them. */
  readonly #journals = new Map<string, string>();
  #failure: string | undefined;

  constructor(org: CaseOrg, ruleCase: RuleCase, member: CaseMember) {
    this.#org = org;
    this.#case = ruleCase;
    this.#member = member;
  }

  /** Returns whether the case can go on. */
  async request(request: CaseRequest, path: Path): Promise<boolean> {
    const traces = await this.#do(request);
    this.#traces.push(...traces);
    if (request.then) this.#check(request.then, [...path, 'then'], traces);
    if (this.#failure === undefined) return true;
    const isLast = request === this.#case.when.at(-1);
    const isExpected = request.then?.failure !== undefined || (isLast && this.#case.then?.failure !== undefined);
    if (!isExpected) this.#fail(path, `the request failed: ${this.#failure.replace(/\.$/, '')}`);
    return isExpected;
  }

  end(): Pick<RuleCaseResult, 'failures' | 'traces'> {
    if (this.#case.then) this.#check(this.#case.then, ['then'], this.#traces);
    if (this.#failures.length === 0 && !this.#saysNothingFires() && !this.#traces.some(hasDone))
      this.#fail([], 'no rule did anything: say so with notFired and because if that is meant');
    return { failures: this.#failures, traces: this.#traces };
  }

  async #do(request: CaseRequest): Promise<readonly ProcessTrace[]> {
    this.#failure = undefined;
    if (request.jobs !== undefined) {
      await this.#org.age(request.jobs);
      return [];
    }
    const known = { member: this.#member, journals: this.#journals, state: this.#state };
    const { traces, failure } = this.#org.run(requestJournals(request, known), requestMoment(request));
    this.#failure = failure;
    const [first] = traces;
    if (request.as !== undefined && first && failure === undefined) this.#journals.set(request.as, first.journal.id);
    return traces;
  }

  get #state() {
    return caseState(this.#org.store, this.#member.id);
  }

  #check(expected: Expected, path: Path, traces: readonly ProcessTrace[]): void {
    const happened = { state: this.#state, traces, failure: this.#failure };
    for (const difference of checkExpected(expected, happened))
      this.#fail([...path, ...difference.path], difference.message);
  }

  #fail(path: Path, message: string): void {
    this.#failures.push({ ...this.#case.placeOf(path), message });
  }

  #saysNothingFires(): boolean {
    const all = [this.#case.then, ...this.#case.when.map(({ then }) => then)];
    return all.some((each) => each !== undefined && (each.notFired.length > 0 || each.failure !== undefined));
  }
}

/** What only the org finds, such as a day that no field can have, is a failure of the one case that gives it. */
function refusalOf(error: unknown): string {
  if (!(error instanceof Error)) throw error;
  return error.message.replace(/\.$/, '');
}

function hasDone(trace: ProcessTrace): boolean {
  const isDone = trace.rules.some(({ steps }) => actionsIn(steps).some(isEffective));
  return isDone || processesIn(trace).some(hasDone);
}
