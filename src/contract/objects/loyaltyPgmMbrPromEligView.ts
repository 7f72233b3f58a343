import {
  allReadOnly,
  checkbox,
  currency,
  date,
  dateTime,
  double,
  int,
  picklist,
  reference,
  text,
  textArea,
  url,
} from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Virtual view: eligibility of each member for each promotion.
 * API 56 and later. Loyalty Management Developer Guide, "LoyaltyPgmMbrPromEligView".
 * Absent from some orgs, by feature or version: StartDateTime, EndDateTime.
 *
 * A view. The guide lists create() and marks the fields createable, which makes no sense: read-only here.
 */
export const loyaltyPgmMbrPromEligView: SObjectDefinition = {
  name: 'LoyaltyPgmMbrPromEligView',
  label: 'Loyalty Program Member Promotion Eligibility View',
  labelPlural: 'Loyalty Program Member Promotion Eligibility Views',
  keyPrefix: guessedKeyPrefix.LoyaltyPgmMbrPromEligView,
  since: 56,
  hasCurrencyIsoCode: true,
  fields: allReadOnly({
    CurrentPromotionPointsCount: int(),
    CurrPromotionLiabilityAmt: currency(),
    DefaultVoucherDefinitionId: reference('VoucherDefinition', 'DefaultVoucherDefinition'),
    Description: textArea(1000),
    DoesPromHavePtWithFctr: checkbox(),
    EndDate: date(),
    EndDateTime: dateTime(),
    // Member id and promotion id, joined.
    ExternalId: text(),
    FulfillmentAction: picklist(['CreditPoints', 'IssueVoucher']),
    IsMbrEligBsdCmpnOrSgmt: checkbox(),
    IsPromotionEnrollmentRqr: checkbox(),
    IssuedPromotionVoucherCount: int(),
    LoyaltyProgramCurrencyId: reference('LoyaltyProgramCurrency', 'LoyaltyProgramCurrency'),
    LoyaltyProgramId: reference('LoyaltyProgram', 'LoyaltyProgram'),
    LoyaltyProgramMemberId: reference('LoyaltyProgramMember', 'LoyaltyProgramMember'),
    LoyaltyPromotionType: picklist(['Standard', 'Cumulative', 'Joint']),
    MaximumPromotionRewardValue: int(),
    MaxPromotionLiabilityAmount: currency(),
    MaxPromotionVoucherCount: int(),
    MemberEligibilityCategory: picklist(['Eligible', 'EligibleButNotEnrolled', 'Ineligible']),
    Objective: textArea(1000),
    PromEnrollmentStartDate: date(),
    // The target only: the view has no completed value.
    PromotionCumulativeUsageTgt: int(),
    PromotionEnrollmentEndDate: date(),
    PromotionId: reference('Promotion', 'Promotion'),
    PromotionImageUrl: url(255, { since: 58 }),
    PromotionName: text(),
    PromotionPointFactor: double({ scale: 0 }),
    PromotionTrxnJournalType: picklist(['Accrual', 'Redemption']),
    StartDate: date(),
    StartDateTime: dateTime(),
    TotalPromotionRewardPointsVal: int(),
  }),
};
