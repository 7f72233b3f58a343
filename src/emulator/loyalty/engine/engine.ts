import { DateTime } from 'luxon';
import { ProcessFailedError } from '../../../rules/index.js';
import type { OutsideRules, ProcessTrace, ProgramRules, RuleValue } from '../../../rules/index.js';
import type { Org } from '../../org.js';
import { JournalReader } from '../journalReader.js';
import type { StoredJournal } from '../journalReader.js';
import { textOrNull } from '../rowValues.js';
import type { RuleActionContext } from '../rules/actions/ruleAction.js';
import { builtInRules } from '../rules/builtInRule.js';
import { actionsOf } from '../rules/processRule.js';
import type { ProcessRule } from '../rules/processRule.js';
import { loadedRulesOf } from '../rules/loadedRules.js';
import type { Reward } from '../rules/reward.js';
import { runActions } from '../rules/rule.js';
import { RulesFailure } from '../rules/rulesFailure.js';
import { callLoadedRules, runLoadedRules } from '../rules/runLoadedRules.js';
import type { RulesCall } from '../rules/runLoadedRules.js';
import type { RuleAction, RunningJournal } from '../rules/rule.js';
import type { WriteContext } from '../writeContext.js';
import type { OpenBook } from './rewardBooks/rewardBook.js';
import type { MemberCurrencies } from './rewardBooks/memberCurrencies.js';
import { PointsBook } from './rewardBooks/pointsBook.js';
import type { OpenPoints, PointsChange } from './rewardBooks/pointsBook.js';
import { TierBook } from './rewardBooks/tierBook.js';
import { UsageBook } from './rewardBooks/usageBook.js';
import type { OpenUsage } from './rewardBooks/usageBook.js';
import { cumulativePromotionsOf, programCurrencies, journalProcessesOf, matchingProcess } from './programSetup.js';
import type { Execution } from './programSetup.js';
import { traceRules } from './traceRules.js';
import type { EnteredChange, EnteredChanges, EnterReward, TracedJournal } from './traceRules.js';
import { assessTier, standing } from './tierAssessment.js';
import { tierLadders } from './tierLadders.js';

/** What a run did, for the answer. */
export interface EngineRun {
  changesOf(journalId: string): readonly PointsChange[];
  readonly currencies: MemberCurrencies;
  /** What loaded rules did, for each journal. */
  readonly traces?: readonly ProcessTrace[];
}

/** Chooses the actions that run for some of the journals. */
export type Plan = readonly { readonly actions: readonly RuleAction[]; readonly journals: readonly StoredJournal[] }[];

interface Run {
  readonly programId: string;
  readonly journals: readonly StoredJournal[];
  /** Which processes take part. Default: those that run in real time. */
  readonly execution?: Execution | undefined;
}

/** The books of one request, one for each kind of reward. */
type OpenBooks = { readonly [Kind in Reward['kind']]: OpenBook<Extract<Reward, { kind: Kind }>, EnteredChanges[Kind]> };

/** Runs rules over stored journals, and enters what they give into the books. Tiers follow the balances. */
export class Engine {
  readonly usage: UsageBook;
  readonly points: PointsBook;
  readonly tiers: TierBook;

  readonly #org: Org;
  readonly #today: () => string;
  readonly #journals: JournalReader;

  /** @param today `yyyy-MM-dd`, in the time zone of the org */
  constructor(org: Org, today: () => string) {
    this.#org = org;
    this.#today = today;
    this.#journals = new JournalReader(org.store);

    this.points = new PointsBook(org, today);
    this.usage = new UsageBook(org.store);
    this.tiers = new TierBook(org.store);
  }

  /**
   * The matching process of each journal runs its rules, or the built-in rule where none were loaded for the program. A
   * journal without a process moves nothing.
   * @throws {RulesFailure} when a loaded rule fails
   * @throws {ProcessFailure} when a reward cannot be given
   */
  runProcesses(writing: WriteContext, { programId, journals, execution }: Run): EngineRun {
    const loaded = this.loadedRules(writing, programId);
    if (loaded) return this.#runLoaded(writing, { programId, journals, execution }, loaded);
    const processes = journalProcessesOf(writing.store, programId, execution);
    const matched = journals.filter((journal) => matchingProcess(processes, journal) !== undefined);
    const actions = actionsOf(this.#builtInRulesOf(writing, programId));
    return this.run(writing, { programId, journals }, [{ actions, journals: matched }]);
  }

  /** The rules that were loaded for a program. */
  loadedRules({ store }: WriteContext, programId: string): ProgramRules | undefined {
    return loadedRulesOf(this.#org.rules, textOrNull(store.get('LoyaltyProgram', programId), 'Name') ?? '');
  }

  /**
   * Does what `runProcesses` does with loaded rules. After a failure, the traces end with it. Only the caller can take
   * back what it writes.
   */
  traceLoaded(writing: WriteContext, { programId, journals }: Run, rules: ProgramRules): readonly ProcessTrace[] {
    const context = this.#ruleContext(writing, { programId, journals });
    try {
      return this.#runRules(context, journals, { rules, execution: 'RealTime' });
    } catch (error) {
      if (error instanceof RulesFailure) return error.traces;
      throw error;
    }
  }

  /**
   * Runs the rules of a process that is called by its name, and saves what they give.
   * @returns the outputs, by name
   * @throws {RulesFailure}
   */
  callLoaded(
    writing: WriteContext,
    programId: string,
    call: Omit<RulesCall, 'outside'>,
  ): ReadonlyMap<string, RuleValue> {
    const context = this.#ruleContext(writing, { programId, journals: [call.journal] });
    const { outputs } = orRulesFailure(() => callLoadedRules(context, { ...call, outside: this.#outside }));
    this.#saved(writing, programId, context);
    return outputs;
  }

  #runLoaded(
    writing: WriteContext,
    { programId, journals, execution = 'RealTime' }: Run,
    rules: ProgramRules,
  ): EngineRun {
    const context = this.#ruleContext(writing, { programId, journals });
    const traces = this.#runRules(context, journals, { rules, execution });
    return { ...this.#saved(writing, programId, context), traces };
  }

  #runRules(
    context: RuleActionContext,
    journals: readonly StoredJournal[],
    run: { readonly rules: ProgramRules; readonly execution: Execution },
  ): ProcessTrace[] {
    return orRulesFailure(() => runLoadedRules(context, { ...run, outside: this.#outside, journals }));
  }

  get #outside(): OutsideRules {
    const { rules } = this.#org;
    if (!rules) throw new Error('No rules were loaded.');
    return rules.outside;
  }

  #ruleContext(writing: WriteContext, { programId, journals }: Run): RuleActionContext {
    const zone = this.#org.settings.timeZone;
    return {
      ...this.#openBooks(writing, journals),
      org: this.#org,
      writing,
      programId,
      currencies: programCurrencies(writing.store, programId),
      tiers: this.tiers,
      today: this.#today,
      journals: this.#journals,
      dayOf: (moment) => DateTime.fromISO(moment, { zone }).toISODate() ?? '',
    };
  }

  /**
   * Does what `runProcesses` does, step by step, with a record of each. Only the caller can take back what it writes. A
   * reward that cannot be given is a failed step.
   */
  traceProcesses(writing: WriteContext, { programId, journals }: Run): TracedJournal[] {
    const processes = journalProcessesOf(writing.store, programId);
    const traced = journals.map((journal) => ({ journal, process: matchingProcess(processes, journal) }));
    const books = this.#openBooks(writing, journals);
    const concerned = traced.filter(({ process }) => process !== undefined).map(({ journal }) => journal);
    const enter: EnterReward = (journal, reward) => enterInto(books, journal, reward);
    const rules = traceRules(this.#builtInRulesOf(writing, programId), concerned, enter);
    return traced.map((each) => ({ ...each, rules: rules.get(each.journal) ?? [] }));
  }

  /** Where no rules were loaded, every process has these. */
  #builtInRulesOf({ store }: WriteContext, programId: string): ProcessRule[] {
    const targets = {
      currencies: programCurrencies(store, programId),
      promotions: cumulativePromotionsOf(store, programId),
    };
    return builtInRules(targets, this.#org.settings);
  }

  #openBooks(writing: WriteContext, journals: readonly StoredJournal[]) {
    const members = new Set(journals.map(({ memberId }) => memberId));
    return {
      points: this.points.read(writing, members),
      usage: this.usage.read(writing, members),
    } satisfies OpenBooks;
  }

  /** Runs given actions. @throws {ProcessFailure} when a reward cannot be given */
  run(writing: WriteContext, { programId, journals }: Run, plan: Plan): EngineRun {
    const books = this.#openBooks(writing, journals);
    for (const { actions, journals: concerned } of plan) {
      runActions(actions, concerned, (journal, reward) => enterInto(books, journal, reward));
    }
    return this.#saved(writing, programId, books);
  }

  /** Writes what the books have; tiers follow. */
  #saved(
    writing: WriteContext,
    programId: string,
    { points, usage }: { readonly points: OpenPoints; readonly usage: OpenUsage },
  ): EngineRun {
    for (const book of [points, usage]) book.save();
    if (this.#org.settings.tierFollowsBalance) this.#followTiers(writing, programId, points.currencies);
    return { changesOf: (journalId) => points.changesOf(journalId), currencies: points.currencies };
  }

  /** Assesses the members whose qualifying balance changed. */
  #followTiers(writing: WriteContext, programId: string, currencies: MemberCurrencies): void {
    const ladders = tierLadders(writing.store, programId, programCurrencies(writing.store, programId));
    const changed = currencies
      .changed()
      .filter((held) => ladders.some(({ currencyId }) => currencyId === held.currencyId));
    if (changed.length === 0) return;
    const tiers = this.tiers.read(writing, new Set(changed.map(({ memberId }) => memberId)), this.#today());
    for (const ladder of ladders) {
      const ofLadder = changed.filter(({ currencyId }) => currencyId === ladder.currencyId);
      for (const held of ofLadder) assessTier(tiers, ladder, { ...standing(held), reason: 'Qualifying balance' });
    }
    tiers.save();
  }
}

function orRulesFailure<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof ProcessFailedError ? new RulesFailure(error) : error;
  }
}

function enterInto(books: OpenBooks, journal: RunningJournal, reward: Reward): EnteredChange | undefined {
  switch (reward.kind) {
    case 'points':
      return books.points.enter(journal, reward);
    case 'usage':
      return books.usage.enter(journal, reward);
  }
}
