import { isInPeriod } from '../../../base/dayPeriod.js';
import type { EngagementTrailAnswer } from '../../../contract/endpoints/trailEndpoints.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { numberOf, parentOf, textOrNull } from '../rowValues.js';

/** An engagement attribute of a promotion, and what the member has of it in the current period. */
export interface TrailAttributeRows {
  readonly attribute: SObjectRow;
  readonly value: SObjectRow | undefined;
}

/** The active attributes of the promotion. @param today `yyyy-MM-dd`; decides which period is the current one */
export function trailAttributes(
  store: Store,
  promotionId: string,
  { memberId, today }: { readonly memberId: string; readonly today: string },
): TrailAttributeRows[] {
  return store
    .find('LoyaltyPgmEngmtAttrProm', { PromotionId: promotionId })
    .map((link) => parentOf(store, link, 'LoyaltyProgramEngmtAttrId', 'LoyaltyPgmEngmtAttribute'))
    .filter((attribute) => attribute?.['Status'] === 'Active')
    .filter((attribute) => attribute !== undefined)
    .map((attribute) => ({ attribute, value: currentValue(store, attribute, memberId, today) }));
}

/** Guide: "Member Engagement Trail Output". */
export function trailAnswer(
  store: Store,
  promotion: SObjectRow,
  attributes: readonly TrailAttributeRows[],
): EngagementTrailAnswer {
  const total = Math.min(...attributes.map(({ attribute }) => numberOf(attribute, 'MaximumResetCountPerPeriod')));
  const done = Math.max(...attributes.map(({ value }) => (value ? numberOf(value, 'ResetCount') : 0)));
  return {
    memberEngagementAttributeOutputRepresentations: attributes.map(trailStep),
    message: null,
    promotionName: textOrNull(promotion, 'Name'),
    remainingResetCount: total > 1 ? Math.max(0, total - done) : null,
    rewards: [rewardsOf(store, promotion)],
    status: true,
    totalResetCount: total > 1 ? total : null,
  };
}

/** Values are texts, as the records have them. */
function trailStep({ attribute, value }: TrailAttributeRows) {
  return {
    attributeStatus: textOrNull(attribute, 'Status'),
    currentValue: textOrNull(value, 'CurrentValue'),
    defaultValue: textOrNull(attribute, 'DefaultValue'),
    description: textOrNull(attribute, 'Description'),
    endDate: textOrNull(attribute, 'EndDate'),
    name: textOrNull(attribute, 'Name'),
    startDate: textOrNull(attribute, 'StartDate'),
    targetValue: textOrNull(attribute, 'TargetValue'),
  };
}

/** The newest row whose period contains today. */
function currentValue(store: Store, attribute: SObjectRow, memberId: string, today: string): SObjectRow | undefined {
  return store
    .find('LoyaltyPgmMbrAttributeVal', { LoyaltyProgramMemberId: memberId, LoyaltyPgmEngmtAttributeId: attribute.Id })
    .filter((row) => isInPeriod(today, textOrNull(row, 'StartDate'), textOrNull(row, 'EndDate')))
    .at(-1);
}

/** What the promotion record itself promises. No record of this org says which badge a promotion gives. */
function rewardsOf(store: Store, promotion: SObjectRow) {
  const currency = parentOf(store, promotion, 'LoyaltyProgramCurrencyId', 'LoyaltyProgramCurrency');
  const voucher = parentOf(store, promotion, 'DefaultVoucherDefinitionId', 'VoucherDefinition');
  const points = numberOf(promotion, 'TotalRewardPoints');
  return {
    badgeReward: [],
    pointsRewards:
      currency && points > 0 ? [{ currencyId: currency.Id, currencyName: textOrNull(currency, 'Name'), points }] : [],
    voucherRewards: voucher ? [{ voucherDefinitionId: voucher.Id, voucherName: textOrNull(voucher, 'Name') }] : [],
  };
}
