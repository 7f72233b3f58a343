import { decimalOf } from '../../../base/decimal.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { programCurrencies } from '../engine/programSetup.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { numberOf, parentOf } from '../rowValues.js';
import { storedJournal } from '../systemJournals.js';
import { insertVoucher } from '../vouchers/insertVoucher.js';
import type { WriteContext } from '../writeContext.js';
import type { Advocate } from './advocate.js';
import type { ReferralPromotion } from './referralPromotion.js';

/** Who gives rewards, and for which promotion. */
export interface ReferralRewarding {
  readonly loyalty: LoyaltyOrg;
  readonly writing: WriteContext;
  readonly promotion: ReferralPromotion;
}

/**
 * Rewards the advocate for a journal. Rules that were loaded for the program decide; without them, the reward of the
 * promotion is given, points or a voucher, as its FulfillmentAction says.
 *
 * @returns id of the voucher, if one was issued here
 * @throws {ProcessFailure} when a rule fails or the reward cannot be given
 */
export function rewardAdvocate(
  rewarding: ReferralRewarding,
  journalId: string,
  advocate: Advocate,
): string | undefined {
  const { loyalty, writing, promotion } = rewarding;
  const journals = [storedJournal(loyalty.journals.read([journalId]), journalId)];
  const run = { programId: promotion.program.id, journals };
  if (loyalty.engine.loadedRules(writing, run.programId)) {
    loyalty.engine.runProcesses(writing, run);
    return undefined;
  }
  if (promotion.row['FulfillmentAction'] === 'IssueVoucher') {
    return issue(rewarding, journalId, { LoyaltyProgramMemberId: advocate.id });
  }
  const reward = pointsOf(rewarding);
  if (reward) loyalty.engine.run(writing, run, [{ actions: [() => reward], journals }]);
  return undefined;
}

/**
 * Gives a friend the voucher of the promotion. A friend is not a member and cannot have points, and rules run only for
 * members.
 *
 * @returns id of the voucher; undefined if the promotion has none, or has issued all of them
 */
export function rewardFriend(rewarding: ReferralRewarding, journalId: string, friendId: string): string | undefined {
  const { store } = rewarding.writing;
  const isAccount = store.model.typeOfId(friendId)?.name === 'Account';
  return issue(rewarding, journalId, isAccount ? { AccountId: friendId } : { ContactId: friendId });
}

function pointsOf({ writing: { store }, promotion: { row, program } }: ReferralRewarding) {
  const id = row['LoyaltyProgramCurrencyId'];
  const currency = programCurrencies(store, program.id).find((each) => each.id === id);
  const points = decimalOf(numberOf(row, 'TotalRewardPoints'));
  if (row['FulfillmentAction'] !== 'CreditPoints' || !currency || points.isZero()) return undefined;
  return { kind: 'points', currency, points, notes: { PromotionId: row.Id } } as const;
}

function issue(
  { loyalty, writing, promotion: { row } }: ReferralRewarding,
  journalId: string,
  holder: Readonly<Record<string, string>>,
): string | undefined {
  const definition = parentOf(writing.store, row, 'DefaultVoucherDefinitionId', 'VoucherDefinition');
  if (definition?.['IsActive'] !== true || isUsedUp(writing, row)) return undefined;
  const references = { ...holder, PromotionId: row.Id, TransactionJournalId: journalId };
  return insertVoucher(loyalty, writing, { definition, given: { references } });
}

function isUsedUp({ store }: WriteContext, promotion: SObjectRow): boolean {
  const most = promotion['MaximumVoucherCount'];
  return typeof most === 'number' && store.count('Voucher', { PromotionId: promotion.Id }) >= most;
}
