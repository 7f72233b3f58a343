import { decimalOf } from '../../../base/decimal.js';
import type { Decimal } from '../../../base/decimal.js';
import type { AppliedPromotion } from '../../../contract/endpoints/cartPromotionEndpoints.js';
import { isId } from '../../store/ids/recordIds.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { chosenCurrency } from '../engine/chosenCurrency.js';
import { assignGame } from '../games/assignGame.js';
import type { StoredJournal } from '../journalReader.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { ProcessFailure } from '../processFailure.js';
import type { Program } from '../programDirectory.js';
import type { PointsReward } from '../rules/reward.js';
import { definitionNamed } from '../vouchers/voucherDefinitions.js';
import { insertVoucher } from '../vouchers/insertVoucher.js';
import type { WriteContext } from '../writeContext.js';
import { assignBadge } from './badgeReward.js';
import { readReward } from './rewardReader.js';
import type { GivenReward } from './rewardReader.js';

/** Who gives rewards where. */
export interface Rewarding {
  readonly loyalty: LoyaltyOrg;
  readonly writing: WriteContext;
  readonly program: Program;
}

export interface AppliedRewards {
  readonly points: readonly PointsReward[];
  readonly voucherIds: readonly string[];
  readonly badgeIds: readonly string[];
  /** Ids of the GameParticipantReward records. */
  readonly playIds: readonly string[];
  readonly discounts: readonly { readonly type: string; readonly amount: Decimal }[];
}

/** A reward, and the promotion that gives it. */
type PromotionReward = readonly [promotion: SObjectRow, reward: GivenReward];

/**
 * Issues the vouchers and assigns the badges and games of the applied promotions to the member of the journal. Points are for the
 * engine to enter, discounts only for the answer.
 *
 * @throws {ProcessFailure} for a reward that cannot be given
 */
export function applyRewards(
  rewarding: Rewarding,
  journal: StoredJournal,
  applied: readonly AppliedPromotion[],
): AppliedRewards {
  const { program, loyalty, writing } = rewarding;
  const badgeOf = { program, memberId: journal.memberId, today: loyalty.today() };
  const gameOf = { memberId: journal.memberId, sourceId: journal.id, now: loyalty.org.clock.now() };
  const given = applied.flatMap((each): PromotionReward[] => {
    const promotion = promotionOf(writing.store, program, each);
    return (each.rewards ?? []).map((reward) => [promotion, readReward(reward)]);
  });
  const discounts = given.flatMap(([, reward]) => (reward.kind === 'discount' ? [reward] : []));
  saveDiscount(writing, journal, discounts);
  return {
    points: given.flatMap(([promotion, reward]) =>
      reward.kind === 'points' ? [pointsReward(rewarding, promotion, reward)] : [],
    ),
    voucherIds: given.flatMap(([promotion, reward]) =>
      reward.kind === 'voucher' ? [issue(rewarding, { journal, promotion, reward })] : [],
    ),
    badgeIds: given.flatMap(([, reward]) => (reward.kind === 'badge' ? [assignBadge(writing, reward, badgeOf)] : [])),
    playIds: given.flatMap(([, reward]) =>
      reward.kind === 'game' ? [assignGame(writing, { gameName: reward.gameName, ...gameOf })] : [],
    ),
    discounts,
  };
}

/** The journal has the sum. */
function saveDiscount(
  { store, userId }: WriteContext,
  { id }: StoredJournal,
  discounts: AppliedRewards['discounts'],
): void {
  const sum = discounts.reduce((total, { amount }) => total.plus(amount), decimalOf(0));
  if (sum.isZero()) return;
  store.update('TransactionJournal', id, { TotalPromotionDiscount: sum.toNumber() }, { as: 'org', userId });
}

/** An active promotion of the program, by its Id or else by its code. */
function promotionOf(store: Store, program: Program, { promotionId: id, promotionCode }: AppliedPromotion): SObjectRow {
  if (!id && !promotionCode) throw new ProcessFailure('An applied promotion lacks promotionId.');
  const own = { LoyaltyProgramId: program.id, IsActive: true };
  const isUnknownId = id !== undefined && !isId(id);
  const found = isUnknownId
    ? undefined
    : store.first('Promotion', { ...own, ...(id ? { Id: id } : { PromotionCode: promotionCode }) });
  if (found) return found;
  throw new ProcessFailure(`${program.name} has no active promotion ${id ?? promotionCode ?? ''}.`);
}

function pointsReward(
  { writing, program }: Rewarding,
  promotion: SObjectRow,
  reward: Extract<GivenReward, { kind: 'points' }>,
): PointsReward {
  const { points, currencyName, notes } = reward;
  const currency = chosenCurrency(writing.store, program, currencyName);
  return { kind: 'points', currency, points, notes: { PromotionId: promotion.Id, AdditionalNotes: notes } };
}

interface Issue {
  readonly journal: StoredJournal;
  readonly promotion: SObjectRow;
  readonly reward: Extract<GivenReward, { kind: 'voucher' }>;
}

function issue({ loyalty, writing, program }: Rewarding, { journal, promotion, reward }: Issue): string {
  const { definitionName, code, effectiveDate, expirationDate, notes } = reward;
  const definition = definitionNamed(writing.store, definitionName, program.id);
  const references = {
    LoyaltyProgramMemberId: journal.memberId,
    PromotionId: promotion.Id,
    TransactionJournalId: journal.id,
  };
  const given = { code, effectiveDate, expirationDate, references, reason: notes };
  return insertVoucher(loyalty, writing, { definition, given });
}
