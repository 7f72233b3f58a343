import { gatherActions } from './gatherActions.js';
import type { GatheredAction } from './gatherActions.js';
import { actionDifferences } from './actionDifferences.js';
import type { ActionDifference } from './actionDifferences.js';
import { isDifferent, memberDifference } from './memberDifference.js';
import type { MemberDifference } from './memberDifference.js';
import { simulateFeeds } from './simulateFeeds.js';
import type { FeedSimulation, FeedSimulationOptions, SimulatedTransaction } from './simulateFeeds.js';
import type { SimulatedOrg } from './simulatedOrg.js';

/** A member who ends differently, and the actions that are why. */
export interface DifferentMember extends MemberDifference {
  /** Membership number. */
  readonly member: string;
  readonly through: readonly GatheredAction[];
}

/** A transaction whose request fails under one version only. */
export interface OneSidedFailure {
  readonly transaction: SimulatedTransaction;
  readonly failsIn: 'source' | 'other';
  readonly failure: string;
}

/** What another version of the rules would change for a feed. */
export interface RulesDifference {
  /** Only members who end differently, in the order of the feed. */
  readonly members: readonly DifferentMember[];
  /** How many members were compared. */
  readonly compared: number;
  /** Of all transactions. */
  readonly through: readonly GatheredAction[];
  readonly failures: readonly OneSidedFailure[];
}

/** The two versions, each in an org of its own. */
export interface TwoVersions {
  readonly source: SimulatedOrg;
  readonly other: SimulatedOrg;
}

export interface ComparisonOptions extends Omit<FeedSimulationOptions, 'feeds'> {
  /** Opens the feeds. They are read once for each version. */
  readonly openFeeds: () => Promise<FeedSimulationOptions['feeds']>;
}

export interface RulesComparison {
  /** What the first version does. */
  readonly simulation: FeedSimulation;
  readonly difference: RulesDifference;
}

interface Run {
  readonly end: FeedSimulation;
  readonly transactions: readonly SimulatedTransaction[];
}

/**
 * Runs feeds through two versions of the rules of a program, and compares what members have at the end. Undefined if the
 * signal ended it early: ends can be compared only if everything has run under both versions.
 * @throws {FeedError | LoyaltyApiError}
 */
export async function compareRules(
  { source, other }: TwoVersions,
  { openFeeds, onTransaction, ...options }: ComparisonOptions,
): Promise<RulesComparison | undefined> {
  const run = async (org: SimulatedOrg, tell?: typeof onTransaction): Promise<Run> => {
    const transactions: SimulatedTransaction[] = [];
    const take = (each: SimulatedTransaction): void => {
      transactions.push(each);
      tell?.(each);
    };
    return {
      end: await simulateFeeds(org, { ...options, feeds: await openFeeds(), onTransaction: take }),
      transactions,
    };
  };
  const one = await run(source, onTransaction);
  const two = await run(other);
  if (options.signal?.aborted) return undefined;
  return { simulation: one.end, difference: differenceOf({ source, other }, one, two) };
}

function differenceOf({ source, other }: TwoVersions, one: Run, two: Run): RulesDifference {
  const byMember = new Map<string, ActionDifference[]>();
  const failures: OneSidedFailure[] = [];
  for (const [index, transaction] of one.transactions.entries()) {
    const second = two.transactions[index];
    if (!second) break;
    const key = transaction.transaction.member.toLowerCase();
    const differences = actionDifferences(
      { rules: source.rules, transaction },
      { rules: other.rules, transaction: second },
    );
    const known = byMember.get(key);
    if (known) known.push(...differences);
    else byMember.set(key, differences);
    failures.push(...oneSided(transaction, second));
  }
  const after = new Map(two.end.states.map((states) => [states.member.toLowerCase(), states.after]));
  const members = one.end.states.flatMap(({ member, after: ends }): DifferentMember[] => {
    const key = member.toLowerCase();
    const difference = memberDifference(ends, after.get(key) ?? ends);
    return isDifferent(difference) ? [{ member, ...difference, through: gatherActions(byMember.get(key) ?? []) }] : [];
  });
  const through = gatherActions([...byMember.values()].flat());
  return { members, compared: one.end.states.length, through, failures };
}

function oneSided(one: SimulatedTransaction, two: SimulatedTransaction): OneSidedFailure[] {
  if (one.failure !== undefined && two.failure === undefined)
    return [{ transaction: one, failsIn: 'source', failure: one.failure }];
  if (two.failure !== undefined && one.failure === undefined)
    return [{ transaction: two, failsIn: 'other', failure: two.failure }];
  return [];
}
