import type { Shape } from './mobileCalls.js';

/**
 * Keys and types that the guide documents. Without a mark: the SDK for iOS cannot read the answer if the key is missing
 * or null.
 */

export const tokenShape: Shape = {
  access_token: 'string',
  id: 'string',
  instance_url: 'string',
  issued_at: 'string',
  refresh_token: 'string',
  scope: 'string',
  signature: 'string',
  token_format: 'string',
  token_type: 'string',
};

export const enrollmentShape: Shape = {
  contactId: 'string',
  loyaltyProgramMemberId: 'string',
  loyaltyProgramName: 'string',
  membershipNumber: 'string',
  transactionJournals: 'array',
};

export const enrollmentJournalShape: Shape = {
  activityDate: 'date-time',
  journalSubType: 'string',
  journalType: 'string',
  loyaltyProgram: 'string',
  loyaltyProgramMember: 'string',
  referredMember: 'string?',
  status: 'string',
  transactionJournalId: 'string',
};

export const profileShape: Shape = {
  additionalLoyaltyProgramMemberFields: 'object',
  associatedAccount: 'object?',
  associatedContact: 'object?',
  canReceivePartnerPromotions: 'boolean',
  canReceivePromotions: 'boolean',
  enrollmentChannel: 'string',
  enrollmentDate: 'date',
  groupCreatedByMember: 'string?',
  groupName: 'string?',
  lastActivityDate: 'date?',
  loyaltyProgramMemberId: 'string',
  loyaltyProgramName: 'string',
  memberCurrencies: 'array',
  memberStatus: 'string',
  memberTiers: 'array',
  memberType: 'string',
  membershipEndDate: 'date?',
  membershipLastRenewalDate: 'date?',
  membershipNumber: 'string',
  referredBy: 'string?',
  relatedCorporateMembershipNumber: 'string?',
  transactionJournalStatementFrequency: 'string',
  transactionJournalStatementLastGeneratedDate: 'date?',
  transactionJournalStatementMethod: 'string',
};

export const memberCurrencyShape: Shape = {
  additionalLoyaltyMemberCurrencyFields: 'object',
  escrowPointsBalance: 'number',
  expirablePoints: 'number',
  lastAccrualProcessedDate: 'date-time?',
  lastEscrowProcessedDate: 'date?',
  lastExpirationProcessRunDate: 'date?',
  lastPointsAggregationDate: 'date?',
  lastPointsResetDate: 'date?',
  loyaltyMemberCurrencyName: 'string',
  loyaltyProgramCurrencyId: 'string',
  loyaltyProgramCurrencyName: 'string?',
  memberCurrencyId: 'string',
  nextQualifyingPointsResetDate: 'date?',
  pointsBalance: 'number',
  qualifyingPointsBalanceBeforeReset: 'number',
  totalEscrowPointsAccrued: 'number',
  totalEscrowRolloverPoints: 'number',
  totalPointsAccrued: 'number',
  totalPointsExpired: 'number',
  totalPointsRedeemed: 'number',
};

export const memberTierShape: Shape = {
  additionalLoyaltyMemberTierFields: 'object',
  areTierBenefitsAssigned: 'boolean',
  loyaltyMemberTierId: 'string',
  loyaltyMemberTierName: 'string',
  tierChangeReason: 'string?',
  tierChangeReasonType: 'string?',
  tierEffectiveDate: 'date',
  tierExpirationDate: 'date?',
  tierGroupId: 'string',
  tierGroupName: 'string?',
  tierId: 'string',
  tierSequenceNumber: 'number',
};

export const processShape: Shape = {
  message: 'string?',
  outputParameters: 'object',
  simulationDetails: 'object',
  status: 'boolean',
};

export const promotionShape: Shape = {
  promotionId: 'string',
  promotionName: 'string',
  description: 'string~',
  startDate: 'date',
  endDate: 'date~',
  memberEligibilityCategory: 'string',
  promotionEnrollmentRqr: 'boolean',
  promEnrollmentStartDate: 'date~',
  promotionEnrollmentEndDate: 'date~',
  loyaltyPromotionType: 'string~',
  fulfillmentAction: 'string~',
  loyaltyProgramCurrency: 'string~',
  maximumPromotionRewardValue: 'number~',
  totalPromotionRewardPointsVal: 'number~',
  promotionImageUrl: 'string~',
};

export const realtimeShape: Shape = {
  message: 'string?',
  processResult: 'object',
  programName: 'string',
  simulationResults: 'object?',
  status: 'boolean',
};

export const voucherShape: Shape = {
  currencyIsoCode: 'string~',
  description: 'string~',
  discountPercent: 'number~',
  effectiveDate: 'date',
  effectiveDateTime: 'date-time~',
  expirationDate: 'date',
  expirationDateTime: 'date-time~',
  faceValue: 'number~',
  hasTimeBasedVoucherPeriod: 'boolean~',
  isVoucherDefinitionActive: 'boolean~',
  isVoucherPartiallyRedeemable: 'boolean~',
  partnerAccount: 'string~',
  product: 'string~',
  productId: 'string~',
  productCategory: 'string~',
  productCategoryId: 'string~',
  promotionId: 'string~',
  promotionName: 'string~',
  redeemedValue: 'number~',
  remainingValue: 'number~',
  status: 'string~',
  type: 'string~',
  useDate: 'date~',
  voucherCode: 'string',
  voucherDefinition: 'string',
  voucherId: 'string',
  voucherImageUrl: 'string~',
  voucherNumber: 'string',
};

export const benefitShape: Shape = {
  benefitId: 'string',
  benefitName: 'string',
  benefitTypeId: 'string',
  benefitTypeName: 'string',
  createdRecordId: 'string?',
  createdRecordName: 'string?',
  description: 'string?',
  endDate: 'date?',
  isActive: 'boolean',
  memberBenefitStatus: 'string',
  startDate: 'date?',
};

export const ledgerSummaryShape: Shape = {
  message: 'string?',
  status: 'boolean',
  transactionJournalCount: 'number',
  transactionJournals: 'array',
};

export const ledgerRowShape: Shape = {
  activityDate: 'date-time',
  additionalTransactionJournalAttributes: 'array',
  externalTransactionNumber: 'string~',
  journalSubTypeName: 'string~',
  journalTypeName: 'string',
  pointsChange: 'array',
  productCategoryName: 'string~',
  productName: 'string~',
  transactionAmount: 'string~',
  transactionJournalId: 'string',
  transactionJournalNumber: 'string',
};
