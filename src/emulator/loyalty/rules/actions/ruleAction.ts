import type { ActionType, RuleCall, RuleEffect } from '../../../../rules/index.js';
import type { Org } from '../../../org.js';
import type { OpenPoints } from '../../engine/rewardBooks/pointsBook.js';
import type { TierBook } from '../../engine/rewardBooks/tierBook.js';
import type { OpenUsage } from '../../engine/rewardBooks/usageBook.js';
import type { JournalReader, StoredJournal } from '../../journalReader.js';
import type { WriteContext } from '../../writeContext.js';
import type { ProgramCurrency } from '../reward.js';

/** What the actions of rules work with, for one request. */
export interface RuleActionContext {
  readonly org: Org;
  readonly writing: WriteContext;
  readonly programId: string;
  readonly currencies: readonly ProgramCurrency[];
  readonly points: OpenPoints;
  readonly usage: OpenUsage;
  readonly tiers: TierBook;
  /** `yyyy-MM-dd`, in the time zone of the org. */
  readonly today: () => string;
  readonly journals: JournalReader;
  /** Returns the day of a moment in that time zone. */
  readonly dayOf: (moment: string) => string;
}

export interface ActionCallOf extends RuleActionContext {
  readonly journal: StoredJournal;
  readonly call: RuleCall;
}

/** @throws {RuleFailure} @throws {ProcessFailure} */
export type RuleActionHandler = (given: ActionCallOf) => RuleEffect;

/** The handlers of some types of actions. */
export type RuleActionHandlers = { readonly [Type in ActionType]?: RuleActionHandler };
