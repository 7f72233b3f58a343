import type { Org } from '../../org.js';
import { type Effects, type RuleAction, runActions } from '../../rules/rule.js';
import { simpleRule } from '../../rules/simpleRule.js';
import { type Holdings, HoldingReader } from './holdings.js';
import type { StoredJournal } from '../journals.js';
import { MemberPoints, type PointsChange } from './memberPoints.js';
import { HeldTierReader, MemberTiers } from './memberTiers.js';
import { MemberUsage, UsageReader } from './memberUsage.js';
import { cumulativePromotionsOf, currenciesOf, journalProcessesOf, matchingProcess } from './programSetup.js';
import { tierLadders } from './tierLadders.js';
import { todayIn } from '../today.js';
import type { Writing } from '../work.js';

/** What a run did, for the answer. */
export interface EngineRun {
  changesOf(journalId: string): readonly PointsChange[];
  readonly holdings: Holdings;
}

/** Chooses the actions that run for some of the journals. */
export type Plan = readonly { readonly actions: readonly RuleAction[]; readonly journals: readonly StoredJournal[] }[];

/**
 * Runs rules over stored journals and keeps the books: points, cumulative usage, tiers. What the members of a request
 * have is read once, changed in memory by the actions, and written once.
 */
export class Engine {
  readonly #holdings: HoldingReader;
  readonly #usages: UsageReader;
  readonly #heldTiers: HeldTierReader;

  public constructor(private readonly org: Org) {
    this.#holdings = new HoldingReader(org.store);
    this.#usages = new UsageReader(org.store);
    this.#heldTiers = new HeldTierReader(org.store);
  }

  /**
   * The matching process of each journal runs the built-in rule. A journal without one moves nothing.
   * @throws ProcessFailure when an action cannot be done
   */
  public runProcesses(writing: Writing, programId: string, journals: readonly StoredJournal[]): EngineRun {
    const processes = journalProcessesOf(writing.store, programId);
    const matched = journals.filter((journal) => matchingProcess(processes, journal) !== undefined);
    const targets = {
      currencies: currenciesOf(writing.store, programId),
      promotions: cumulativePromotionsOf(writing.store, programId),
    };
    return this.run(writing, { programId, journals }, [
      { actions: simpleRule(targets, this.org.settings), journals: matched },
    ]);
  }

  /** Runs given actions. @throws ProcessFailure when one cannot be done */
  public run(writing: Writing, { programId, journals }: Run, plan: Plan): EngineRun {
    const members = new Set(journals.map(({ memberId }) => memberId));
    const holdings = this.#holdings.read(members);
    const points = new MemberPoints(writing, holdings, this.org.settings.allowNegativeBalance);
    const usage = new MemberUsage(writing, this.#usages.read(members));
    for (const { actions, journals: concerned } of plan) runActions(actions, concerned, effectsOn(points, usage));
    points.save();
    usage.save();
    if (this.org.settings.tierFollowsBalance) this.#followTiers(writing, programId, holdings);
    return { changesOf: (journalId) => points.changesOf(journalId), holdings };
  }

  #followTiers(writing: Writing, programId: string, holdings: Holdings): void {
    const ladders = tierLadders(writing.store, programId, currenciesOf(writing.store, programId));
    new MemberTiers(writing, this.#heldTiers, todayIn(this.org)).follow(ladders, holdings);
  }
}

interface Run {
  readonly programId: string;
  readonly journals: readonly StoredJournal[];
}

function effectsOn(points: MemberPoints, usage: MemberUsage): Effects {
  return {
    movePoints: (journal, currency, amount) => points.move(journal, currency, amount),
    changeUsage: ({ memberId }, promotion, uses) => {
      if (usage.takesPart(memberId, promotion)) usage.change(memberId, promotion, uses);
    },
  };
}
