import { OrgRefusal } from '../../orgRefusal.js';
import type { StoredJournal } from '../journalReader.js';
import { ProcessFailure } from '../processFailure.js';
import type { ProcessRule, RuleStep } from '../rules/processRule.js';
import type { Reward } from '../rules/reward.js';
import type { JournalProcess } from './programSetup.js';
import type { PointsChange } from './rewardBooks/pointsBook.js';

/** What an entry changed, by the kind of the reward. */
export interface EnteredChanges {
  readonly points: PointsChange;
  /** Uses completed after it. */
  readonly usage: number;
}

export type EnteredChange = EnteredChanges[keyof EnteredChanges];
export type EnterReward = (journal: StoredJournal, reward: Reward) => EnteredChange | undefined;

/** What the rules did for a journal. */
export interface TracedJournal {
  readonly journal: StoredJournal;
  /** Undefined if no process matches the journal. */
  readonly process: JournalProcess | undefined;
  readonly rules: readonly TracedRule[];
}

export interface TracedRule {
  readonly rule: ProcessRule;
  readonly journal: StoredJournal;
  readonly steps: readonly TracedStep[];
}

/** A step whose reward is undefined gave nothing. Without a change, the member could not get it. */
export interface TracedStep {
  readonly step: RuleStep;
  readonly reward?: Reward | undefined;
  readonly change?: EnteredChange | undefined;
  /** Why the reward could not be given. */
  readonly error?: string;
}

/** Runs the steps of the rules in the order of `runActions`, and records each. */
export function traceRules(
  rules: readonly ProcessRule[],
  journals: readonly StoredJournal[],
  enter: EnterReward,
): Map<StoredJournal, TracedRule[]> {
  const traces = new Map(journals.map((journal) => [journal, [] as TracedRule[]]));
  for (const rule of rules) {
    const columns = rule.steps.map((step) => journals.map((journal) => traceStep(step, journal, enter)));
    for (const [index, journal] of journals.entries()) {
      traces.get(journal)?.push({ rule, journal, steps: columns.flatMap((column) => column[index] ?? []) });
    }
  }
  return traces;
}

function traceStep(step: RuleStep, journal: StoredJournal, enter: EnterReward): TracedStep {
  const reward = step.action(journal);
  if (!reward) return { step };
  try {
    return { step, reward, change: enter(journal, reward) };
  } catch (error) {
    if (error instanceof ProcessFailure || error instanceof OrgRefusal) return { step, reward, error: error.message };
    throw error;
  }
}
