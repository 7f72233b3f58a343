import { checkbox, crud, currency, date, dateTime, double, nameField, owner, picklist, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A partner of a program.
 * API 51 and later. Loyalty Management Developer Guide, "LoyaltyProgramPartner".
 */
export const loyaltyProgramPartner: SObjectDefinition = {
  name: 'LoyaltyProgramPartner',
  label: 'Loyalty Program Partner',
  labelPlural: 'Loyalty Program Partners',
  keyPrefix: '0ld',
  since: 51,
  ...crud,
  fields: {
    AccrualCostperUnit: currency({ since: 52 }),
    AlertValue: double({ since: 55 }),
    // Postpaid exists since API 55.
    BillingType: picklist(['Prepaid', 'Postpaid'], { required: true }),
    CreditedPoints: double({ since: 55 }),
    DebitedPoints: double({ since: 55 }),
    IsMemberLinkingAllowed: checkbox(),
    LastProcessedDateTime: dateTime({ since: 55 }),
    LoyaltyPartnerId: reference('Account', 'LoyaltyPartner', { required: true }),
    LoyaltyProgramId: reference('LoyaltyProgram', 'LoyaltyProgram', { required: true }),
    MemberLinkingEffEndDate: dateTime(),
    MemberLinkingEffStartDate: dateTime(),
    Name: nameField(),
    OwnerId: owner(),
    PartnerCategory: picklist(['Alliance', 'Bilateral']),
    // Salesforce provides no values, so the org must add some.
    PartnerIndustry: picklist([], { required: true }),
    PartnershipEndDate: date(),
    PartnershipStartDate: date({ required: true }),
    PartnerStatus: picklist(['Active', 'Inactive', 'Pending'], { defaultValue: 'Active' }),
    PartnerType: picklist(['Accrual', 'Redemption', 'Both'], { required: true }),
    // Only for prepaid partners.
    PointsBalance: double({ calculated: true, since: 55 }),
    PostpaidBillAmount: currency({ since: 55 }),
    PurchasedPoints: double({ since: 55 }),
    RedemptionCostperUnit: currency({ since: 52 }),
  },
  children: [
    { name: 'LoyaltyPartnerProducts', childObject: 'LoyaltyPartnerProduct', field: 'LoyaltyPartnerId' },
    {
      name: 'LoyaltyPgmPartnerPromotions',
      childObject: 'LoyaltyPgmPartnerPromotion',
      field: 'LoyaltyProgramPartnerId',
    },
    {
      name: 'LoyaltyProgramPartnerCurrencies',
      childObject: 'LoyaltyPgmPartnerCurrency',
      field: 'LoyaltyProgramPartnerId',
    },
    { name: 'LoyaltyProgramPartnerLinkages', childObject: 'LoyaltyPgmMbrLinkedPtnr', field: 'LoyaltyProgramPartnerId' },
    {
      name: 'LoyaltyProgramPartnerPrepaidPacks',
      childObject: 'LoyaltyPgmPtnrPrepaidPack',
      field: 'LoyaltyProgramPartnerId',
    },
    { name: 'LoyaltyPromotionPartner', childObject: 'PromotionLoyaltyPtnrProdt', field: 'LoyaltyPartnerId' },
    {
      name: 'PartnerLedgerSummaryPartners',
      childObject: 'LoyaltyPgmPtnrLdgrSummary',
      field: 'LoyaltyProgramPartnerId',
    },
    { name: 'PartnerLedgerToPartner', childObject: 'LoyaltyProgramPartnerLedger', field: 'LoyaltyProgramPartnerId' },
    { name: 'Partners', childObject: 'TransactionJournal', field: 'PartnerId' },
  ],
};
