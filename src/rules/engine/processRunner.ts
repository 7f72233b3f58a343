import type { FormulaClock } from '../formula.js';
import type { ActionStep, ProgramRules, Rule, RuleProcess } from '../programRules.js';
import type { RuleRecord, RuleValue } from '../ruleValue.js';
import { textOf } from './castValue.js';
import { StepRunner } from './stepRunner.js';
import type { ActionPlace, Performed, RuleRun } from './stepRunner.js';
import { matchingRules } from './matchingRules.js';
import type { OutsideRules } from './outsideRules.js';
import { ProcessScope } from './processScope.js';
import type { ProcessTrace, RuleTrace, StepTrace } from './ruleTrace.js';
import { whySkipped } from './whySkipped.js';
import { RuleFailure } from './ruleFailure.js';
import type { RuleJournal, RuleWorld } from './ruleWorld.js';

/** Processes that run processes, at most. */
const deepestProcess = 10;

export interface RunnerOptions {
  readonly rules: ProgramRules;
  readonly world: RuleWorld;
  readonly outside: OutsideRules;
  readonly clock: FormulaClock;
  readonly execution: 'RealTime' | 'Batch';
}

/** A process has failed. Everything up to the failure is in the traces. */
export class ProcessFailedError extends Error {
  override readonly name = 'ProcessFailedError';
  /** For each journal, in the order in which they were given. */
  readonly traces: readonly ProcessTrace[];
  readonly failure: RuleFailure;

  constructor(failure: RuleFailure, traces: readonly ProcessTrace[]) {
    super(failure.message, { cause: failure });
    this.failure = failure;
    this.traces = traces;
  }
}

/** What a process that was called by its name did, and what it answers. */
export interface CalledProcess {
  readonly trace: ProcessTrace;
  /** By name, blank ones included. */
  readonly outputs: ReadonlyMap<string, RuleValue>;
}

interface JournalRun {
  readonly scope: ProcessScope;
  readonly trace: { -readonly [K in keyof ProcessTrace]: ProcessTrace[K] } & { rules: RuleTrace[] };
}

/** Runs the processes of a program for journals. */
export class ProcessRunner {
  readonly #options: RunnerOptions;
  readonly #depth: number;

  constructor(options: RunnerOptions, depth = 0) {
    this.#options = options;
    this.#depth = depth;
  }

  /**
   * Runs for each journal the active process of its type and subtype, if there is one, and returns what it did, in the
   * order of the journals. Nothing is taken back after a failure: the caller decides.
   * @throws {ProcessFailedError}
   */
  run(journals: readonly RuleJournal[]): ProcessTrace[] {
    const { rules, execution } = this.#options;
    const runs = journals.map((journal) => ({ journal, process: matchingRules(rules, journal, execution) }));
    const traces = new Map<RuleJournal, ProcessTrace>();
    const all = (): ProcessTrace[] =>
      runs.map(({ journal, process }) => traces.get(journal) ?? { journal, process, rules: [] });
    try {
      for (const [process, ofProcess] of Map.groupBy(runs, (run) => run.process))
        this.#runProcess(
          process,
          ofProcess.map(({ journal }) => journal),
          traces,
        );
    } catch (error) {
      if (!(error instanceof ProcessFailedError)) throw error;
      throw new ProcessFailedError(error.failure, all());
    }
    return all();
  }

  /**
   * Runs a process that is called by its name, and not by journals.
   * @param journal stands for what the process is called for: its actions act on the member of it
   * @throws {ProcessFailedError}
   */
  call(process: RuleProcess, journal: RuleJournal, inputs: ReadonlyMap<string, RuleValue>): CalledProcess {
    const { world, clock } = this.#options;
    const scope = new ProcessScope({ process, journal, world, clock });
    const trace: JournalRun['trace'] = { journal, process, rules: [] };
    try {
      scope.take(inputs);
      this.#runRules(process, [{ scope, trace }]);
      return { trace, outputs: scope.outputs() };
    } catch (error) {
      if (!(error instanceof RuleFailure)) throw error;
      throw new ProcessFailedError(error, [trace]);
    }
  }

  #runProcess(
    process: RuleProcess | undefined,
    journals: readonly RuleJournal[],
    traces: Map<RuleJournal, ProcessTrace>,
  ): void {
    const runs = journals.flatMap((journal) => {
      const trace: JournalRun['trace'] = { journal, process, rules: [] };
      traces.set(journal, trace);
      const { world, clock } = this.#options;
      return process ? { scope: new ProcessScope({ process, journal, world, clock }), trace } : [];
    });
    if (!process) return;
    try {
      this.#runRules(process, runs);
    } catch (error) {
      if (!(error instanceof RuleFailure)) throw error;
      throw new ProcessFailedError(error, [...traces.values()]);
    }
  }

  #runRules(process: RuleProcess, all: readonly JournalRun[]): void {
    let runs = all;
    for (const rule of process.eligibility) runs = this.#letIn(rule, runs);
    for (const rule of process.rules) {
      const inRule = runs.flatMap((run) => {
        const steps: StepTrace[] = [];
        const skipped = whySkipped(rule, run.scope.journal, this.#options);
        run.trace.rules.push({ rule, skipped, steps });
        return skipped ? [] : { scope: run.scope, steps };
      });
      this.#runRule(rule, inRule);
    }
  }

  /** Returns the journals that an eligibility rule lets in: those that meet each of its conditions. */
  #letIn(rule: Rule, runs: readonly JournalRun[]): JournalRun[] {
    return runs.filter((run) => {
      const steps: StepTrace[] = [];
      if (whySkipped(rule, run.scope.journal, this.#options)) return true;
      // It stays there if a condition cannot be evaluated.
      run.trace.barred = { rule, steps };
      this.#runRule(rule, [{ scope: run.scope, steps }]);
      if (!steps.every(isMet)) return false;
      run.trace.barred = undefined;
      return true;
    });
  }

  #runRule(rule: Rule, runs: readonly RuleRun[]): void {
    new StepRunner(rule, (step, inputs, place) => this.#perform(step, inputs, place)).run(rule.steps, runs);
  }

  #perform(step: ActionStep, inputs: ReadonlyMap<string, RuleValue>, { rule, scope }: ActionPlace): Performed {
    switch (step.type) {
      case 'RunFlow':
        return this.#runFlow(step.target ?? '', inputs);
      case 'GetOutputsFromDecisionTable':
        return { outputs: this.#decide(step.target ?? '', inputs) };
      case 'RunProgramProcess':
        return this.#runOther(step.target ?? '', inputs, scope);
      default: {
        const { name, type, target, crud } = step;
        const call = { name, type, target, crud, inputs, promotion: rule.promotion };
        const { outputs, ...did } = this.#options.world.perform(scope.journal, call);
        return { ...did, outputs: outputs && lowerCased(outputs) };
      }
    }
  }

  #runFlow(name: string, inputs: ReadonlyMap<string, RuleValue>): Performed {
    const { outside, world } = this.#options;
    const flow = outside.flow(name);
    const outputs = flow?.(inputs);
    world.forgetRecords?.();
    if (outputs) return { outputs: lowerCased(outputs) };
    const nothing = `Nothing answers for the flow ${name}${flow ? ' with these inputs' : ''}`;
    if (!outside.answersFlowsEmpty) throw new RuleFailure(`${nothing}.`);
    return { note: `${nothing}: its outputs are blank.` };
  }

  /** The outcome types are those of the action of decision tables. */
  #decide(table: string, inputs: ReadonlyMap<string, RuleValue>): ReadonlyMap<string, RuleValue> {
    const { outside, world } = this.#options;
    const rows = outside.decide(table, inputs, (objectName) => world.records?.(objectName, table));
    if (!rows) throw new RuleFailure(`There is no decision table ${table}.`);
    const [first] = rows;
    const type = rows.length > 1 ? 'Multiple Match' : first ? 'Single Match' : 'No Match';
    return new Map<string, RuleValue>([
      ['decisiontableoutcometype', type],
      ['decisiontablesingleoutcome', first ?? null],
      ...fieldsOf(first),
    ]);
  }

  /** One that is run by journals gets one of its own. Another one acts on the member of the journal. */
  #runOther(name: string, inputs: ReadonlyMap<string, RuleValue>, { journal }: ProcessScope): Performed {
    const { rules, world } = this.#options;
    const other = rules.processes.find((process) => process.name === name);
    if (!other) throw new RuleFailure(`The program has no process ${name}.`);
    if (this.#depth >= deepestProcess)
      throw new RuleFailure(`The process ${name} is run by ${deepestProcess} processes in each other.`);
    if (other.status !== 'Active') throw new RuleFailure(`The process ${name} is not active.`);
    const { journalType, journalSubType } = other;
    const runner = new ProcessRunner(this.#options, this.#depth + 1);
    if (other.type !== 'TransactionJournal' || journalType === undefined) {
      requireSameMember(name, inputs, () => world.field(journal, 'MemberId'));
      return { process: orRuleFailure(() => runner.call(other, journal, inputs).trace) };
    }
    const made = world.makeJournal(journal, { journalType, journalSubType, fields: inputs });
    const process = orRuleFailure(() => {
      const traces = new Map<RuleJournal, ProcessTrace>();
      runner.#runProcess(other, [made], traces);
      return traces.get(made);
    });
    return { process, change: `a journal for the process ${name}` };
  }
}

/** The failure of a process that a rule runs is the failure of the rule. @throws {RuleFailure} */
function orRuleFailure<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ProcessFailedError)) throw error;
    throw new RuleFailure(error.message, { cause: error, process: error.traces[0] });
  }
}

/** Ids have 15 or 18 characters. @throws {RuleFailure} */
function requireSameMember(name: string, inputs: ReadonlyMap<string, RuleValue>, member: () => RuleValue): void {
  const given = [...inputs].find(([input]) => input.toLowerCase() === 'memberid')?.[1] ?? null;
  if (given === null || textOf(given).slice(0, 15) === textOf(member()).slice(0, 15)) return;
  throw new RuleFailure(`The process ${name} is called for ${textOf(given)}, who is not the member of the journal.`);
}

function isMet(step: StepTrace): boolean {
  if (step.kind === 'action') return true;
  return step.kind === 'condition' ? step.isMet : step.conditions.some((condition) => condition.isMet);
}

function lowerCased(values: ReadonlyMap<string, RuleValue>): Map<string, RuleValue> {
  return new Map([...values].map(([name, value]) => [name.toLowerCase(), value]));
}

function fieldsOf(record: RuleRecord | undefined): (readonly [string, RuleValue])[] {
  return record ? [...record.fields] : [];
}
