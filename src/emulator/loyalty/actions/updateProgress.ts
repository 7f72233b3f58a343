import { refused } from '../../apiError.js';
import { isId, to18 } from '../../store/ids/ids.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/table.js';
import { MemberUsage, UsageReader } from '../engine/memberUsage.js';
import { missingFields } from '../parse.js';
import { ProcessFailure } from '../processFailure.js';
import { toCumulativePromotion } from '../engine/programSetup.js';
import type { StandardAction } from './standardAction.js';

const memberKey = 'loyaltyProgramMemberId';
const promotionKey = 'promotionId';
const incrementKey = 'usageIncrementForCumulativePromotion';

/**
 * `updateProgressForCumulativePromotionUsage` (v53): adds to the uses of a member, and creates the row when it is
 * missing. A negative increment takes back, but never below zero; enrollment is not asked for. Both are inferred.
 */
export function updateProgress(store: Store): StandardAction {
  const usages = new UsageReader(store);
  return {
    name: 'updateProgressForCumulativePromotionUsage',
    label: 'Update Progress for Cumulative Promotion Usage',
    since: 53,
    inputs: [
      { name: memberKey, type: 'STRING' },
      { name: promotionKey, type: 'STRING' },
      { name: incrementKey, type: 'INTEGER' },
    ],
    outputs: [
      { name: 'cumulativeUsageTarget', type: 'INTEGER' },
      { name: 'updatedCumulativeUsageCompleted', type: 'INTEGER' },
    ],
    run: (writing, input) => {
      requireAll(input);
      const member = recordOf(store, 'LoyaltyProgramMember', memberKey, input);
      const promotion = cumulativePromotion(store, input, member);
      const usage = new MemberUsage(writing, usages.read([member.Id]));
      const completed = usage.change(member.Id, toCumulativePromotion(promotion), incrementOf(input));
      usage.save();
      return {
        cumulativeUsageTarget: promotion['CumulativeUsageTarget'],
        updatedCumulativeUsageCompleted: completed,
      };
    },
  };
}

type Input = ReadonlyMap<string, unknown>;

function valueOf(input: Input, key: string): unknown {
  return input.get(key.toLowerCase());
}

function requireAll(input: Input): void {
  const missing = [memberKey, promotionKey, incrementKey].filter((key) => (valueOf(input, key) ?? '') === '');
  if (missing.length > 0) throw missingFields(missing);
}

function incrementOf(input: Input): number {
  const given = valueOf(input, incrementKey);
  const increment = typeof given === 'string' ? Number(given) : given;
  if (typeof increment === 'number' && Number.isSafeInteger(increment)) return increment;
  throw refused('INVALID_TYPE', `${incrementKey} has to be a whole number, not ${String(given)}`, [incrementKey]);
}

function recordOf(store: Store, objectName: string, key: string, input: Input): SObjectRow {
  const given = String(valueOf(input, key));
  if (!isId(given) || store.model.typeOfId(given)?.name !== objectName) {
    throw refused('MALFORMED_ID', `${key}: id value of incorrect type: ${given}`, [key]);
  }
  const row = store.get(objectName, to18(given));
  if (!row) throw new ProcessFailure(`${key} ${given} does not exist.`);
  return row;
}

/** An active promotion of type Cumulative with a target, in the program of the member. */
function cumulativePromotion(store: Store, input: Input, member: SObjectRow): SObjectRow {
  const promotion = recordOf(store, 'Promotion', promotionKey, input);
  const name = String(promotion['Name']);
  if (promotion['LoyaltyProgramId'] !== member['ProgramId']) {
    throw new ProcessFailure(`The promotion ${name} does not belong to the loyalty program of the member.`);
  }
  if (promotion['LoyaltyPromotionType'] !== 'Cumulative' || !promotion['CumulativeUsageTarget']) {
    throw new ProcessFailure(`The promotion ${name} is not a cumulative one with a target.`);
  }
  if (promotion['IsActive'] !== true) throw new ProcessFailure(`The promotion ${name} is not active.`);
  return promotion;
}
