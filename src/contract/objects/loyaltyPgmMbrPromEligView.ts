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
  textField,
  textArea,
  url,
} from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A virtual view of each member's eligibility for each promotion.
 * API 56 and later. Loyalty Management Developer Guide, "LoyaltyPgmMbrPromEligView".
 * Absent from some orgs, depending on features or version: StartDateTime, EndDateTime.
 *
 * The guide lists create() and marks the fields as createable, which makes no sense for a view. Here it is read-only.
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
    ExternalId: textField(),
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
    // The view has only the target, not the completed value.
    PromotionCumulativeUsageTgt: int(),
    PromotionEnrollmentEndDate: date(),
    PromotionId: reference('Promotion', 'Promotion'),
    PromotionImageUrl: url(255, { since: 58 }),
    PromotionName: textField(),
    PromotionPointFactor: double({ scale: 0 }),
    PromotionTrxnJournalType: picklist(['Accrual', 'Redemption']),
    StartDate: date(),
    StartDateTime: dateTime(),
    TotalPromotionRewardPointsVal: int(),
  }),
};
