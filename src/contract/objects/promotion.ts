import {
  checkbox,
  crud,
  currency,
  date,
  dateTime,
  double,
  int,
  nameField,
  owner,
  picklist,
  reference,
  textField,
  textArea,
  url,
} from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * An offer of a program to its members: points, vouchers or a game as a reward for activities.
 * API 51 and later. Loyalty Management Developer Guide, "Promotion".
 * Absent from some orgs, depending on features or version: ProductCatalogId, BusinessUnitId, RuleLibraryId.
 *
 * A promotion of type Cumulative may store its progress in engagement attributes. CumulativeUsageTarget is then empty.
 */
export const promotion: SObjectDefinition = {
  name: 'Promotion',
  label: 'Promotion',
  labelPlural: 'Promotions',
  keyPrefix: '0c8',
  since: 51,
  hasFewRecords: true,
  ...crud,
  fields: {
    BusinessUnitId: reference('InternalOrganizationUnit', 'BusinessUnit'),
    CampaignId: reference('Campaign', 'Campaign'),
    // Number of uses, or amount spent, that completes a Cumulative promotion.
    CumulativeUsageTarget: int(),
    CurrentLiabilityAmount: currency({ since: 52 }),
    CurrentPointCount: int({ since: 52 }),
    DefaultVoucherDefinitionId: reference('VoucherDefinition', 'DefaultVoucherDefinition'),
    Description: textArea(1000),
    DisplayName: textField(255, { since: 60 }),
    EndDate: date(),
    // The guide gives it the type date.
    EndDateTime: dateTime({ since: 60 }),
    EnrollmentEndDate: date(),
    EnrollmentStartDate: date(),
    FulfillmentAction: picklist(['CreditPoints', 'IssueVoucher']),
    GameDefinitionId: reference('GameDefinition', 'GameDefinition'),
    ImageUrl: url(255, { since: 57 }),
    IsActive: checkbox({ since: 52 }),
    IsCloned: checkbox({ since: 61 }),
    IsEnrollmentRequired: checkbox(),
    IsPointsWithFactor: checkbox({ since: 52 }),
    IsQuickPromotion: checkbox({ since: 57 }),
    // Only in the referral guide: true for a promotion of a referral program.
    IsReferralPromotion: checkbox({ createOnly: true }),
    IssuedVoucherCount: int({ since: 52 }),
    LoyaltyProgramCurrencyId: reference('LoyaltyProgramCurrency', 'LoyaltyProgramCurrency'),
    LoyaltyProgramId: reference('LoyaltyProgram', 'LoyaltyProgram'),
    // Joint exists since API 55.
    LoyaltyPromotionType: picklist(['Standard', 'Cumulative', 'Joint']),
    MaximumLiabilityAmount: currency(),
    // Maximum of the accumulated value.
    MaximumRewardValue: int(),
    MaximumVoucherCount: int({ since: 52 }),
    Name: nameField(),
    Objective: textArea(1000),
    OwnerId: owner(),
    // Used if IsPointsWithFactor is true.
    PointFactor: double({ since: 52 }),
    PriorityNumber: int({ since: 60 }),
    ProductCatalogId: reference('ProductCatalog', 'ProductCatalog', { since: 60 }),
    PromotionCode: textField(255, { idLookup: true, since: 60 }),
    PromotionConfiguration: textArea(32_000, { unfilterable: true, since: 57 }),
    RelatedPromotionId: reference('Promotion', 'RelatedPromotion'),
    // The guide repeats the target of RelatedPromotionId here, an obvious mistake. The target is inferred from the
    // name.
    RuleLibraryId: reference('RuleLibrary', 'RuleLibrary', { since: 62 }),
    StartDate: date({ required: true }),
    StartDateTime: dateTime({ since: 60 }),
    Status: picklist(['Draft', 'InProgress', 'Complete', 'Cancelled']),
    TotalRewardPoints: int(),
    TransactionJournalType: picklist(['Accrual', 'Redemption'], { since: 52 }),

    // In describe but not in the guide: types are those of describe, and lengths and flags are assumed.
    AreQualItemsExclFromDiscounts: checkbox(),
    DiscountOrder: picklist([]),
    DiscountRestriction: picklist([]),
    ExclusivityType: picklist([]),
    IsApproachingDiscountApplicable: checkbox(),
    IsAutomatic: checkbox(),
    IsCommercePromotion: checkbox(),
    IsQualCriteriaNotRequiredPerApplication: checkbox(),
    IsTiered: checkbox(),
    MaximumUsageCount: int(),
    PromotionPageUrl: url(),
    QualifierCriteria: textArea(),
    TargetCriteria: textArea(),
    TermsAndConditions: textArea(),
  },
  children: [
    { name: 'JournalPromotion', childObject: 'TransactionJournal', field: 'PromotionId' },
    { name: 'LedgerPromotion', childObject: 'LoyaltyLedger', field: 'PromotionId' },
    { name: 'LoyaltyProgramMbrPromotions', childObject: 'LoyaltyProgramMbrPromotion', field: 'PromotionId' },
    { name: 'LoyaltyPromotion', childObject: 'PromotionLoyaltyPtnrProdt', field: 'PromotionId' },
    { name: 'LoyaltyPromotionTiers', childObject: 'LoyaltyTierPromotion', field: 'PromotionId' },
    { name: 'PartnerLedgerToPromotion', childObject: 'LoyaltyProgramPartnerLedger', field: 'PromotionId' },
    { name: 'Promotion', childObject: 'LoyaltyProgramWidget', field: 'PromotionId' },
    { name: 'PromotionCoupons', childObject: 'Coupon', field: 'PromotionId' },
    { name: 'PromotionEngagementAttributes', childObject: 'LoyaltyPgmEngmtAttrProm', field: 'PromotionId' },
    { name: 'PromotionMarketSegments', childObject: 'PromotionMarketSegment', field: 'PromotionId' },
    { name: 'PromotionQualifiers', childObject: 'PromotionQualifier', field: 'PromotionId' },
    { name: 'PromotionRelationship', childObject: 'LoyaltyPgmPartnerPromotion', field: 'PromotionId' },
    { name: 'PromotionRules', childObject: 'LoyaltyProgramProcessRule', field: 'PromotionId' },
    { name: 'PromotionsEligibility', childObject: 'LoyaltyPgmMbrPromEligView', field: 'PromotionId' },
    { name: 'PromotionTargets', childObject: 'PromotionTarget', field: 'PromotionId' },
    { name: 'PromotionTiers', childObject: 'PromotionTier', field: 'PromotionId' },
    { name: 'PromotionUsages', childObject: 'PromotionPartyUsage', field: 'PromotionId' },
    { name: 'RelatedPromotions', childObject: 'Promotion', field: 'RelatedPromotionId' },
    { name: 'SourceActivities', childObject: 'GameParticipantReward', field: 'SourceActivityId' },
    { name: 'VoucherPromotion', childObject: 'Voucher', field: 'PromotionId' },
  ],
};
