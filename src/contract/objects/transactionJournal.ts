import {
  autoNumber,
  checkbox,
  crud,
  currency,
  date,
  dateTime,
  double,
  picklist,
  reference,
  textField,
  textArea,
} from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * One member activity. It is the input of the engine.
 * API 51 and later. Loyalty Management Developer Guide, "TransactionJournal".
 * Absent from some orgs, depending on features or version: TransactionSourceLocationId, EngagementChannelTypeId,
 * ReferredPartyId, TotalPromotionDiscount.
 *
 * Inserting a journal moves no points. It stays Pending, without ledgers or changed balances, until a program process
 * evaluates it. Processed does not mean that points moved either; only ledger rows show that.
 *
 * The guide lists delete. The help says that only the SOAP API can delete journals, after their ledgers. An org can
 * have up to 50 custom fields on it. The referral guide says API 49. It is not searchable, although the newest edition
 * of the guide lists search.
 */
export const transactionJournal: SObjectDefinition = {
  name: 'TransactionJournal',
  label: 'Transaction Journal',
  labelPlural: 'Transaction Journals',
  keyPrefix: '0lV',
  since: 51,
  ...crud,
  deletedBySoapOnly: true,
  searchable: false,
  fields: {
    // Decides the order of processing.
    ActivityDate: dateTime({ required: true, indexed: true }),
    // Standard value set BookingChannel.
    BookedFareClass: picklist([]),
    // Standard value set RoomType.
    BookedRoomType: picklist([]),
    BookingDate: date(),
    Brand: textField(),
    Channel: picklist([]),
    CouponId: reference('Coupon', 'Coupon', { since: 66 }),
    Destination: textField(),
    Distance: double(),
    EndDate: dateTime(),
    EngagementChannelTypeId: reference('EngagementChannelType', 'EngagementChannelType', { since: 61 }),
    ErrorDescription: textField(),
    EscrowPointsCreditDate: date({ since: 53 }),
    Establishment: textField(),
    // Neither unique nor an External ID. A length of 255 is assumed: one document says 40, the other gives no length.
    ExternalTransactionNumber: textField(255, { idLookup: true }),
    FlightNumber: textField(),
    // Standard value set LPPartnerPartnerIndustry.
    Industry: picklist([]),
    InvoiceDate: date(),
    IsParentTransaction: checkbox({ since: 60 }),
    JournalDate: dateTime(),
    // Standard value set JournalReason.
    JournalReason: picklist([
      'Accrual Cancelation Requested by Member',
      'Order Canceled',
      'Product Returned',
      'Product or Service Unavailable',
      'Redemption Cancelation Requested by Member',
      'Resolve Disputed Points',
      'Service Recovery',
    ]),
    JournalSubTypeId: reference('JournalSubType', 'JournalSubType'),
    JournalTypeId: reference('JournalType', 'JournalType'),
    LoyaltyProgramId: reference('LoyaltyProgram', 'LoyaltyProgram'),
    // The guide says required, although since API 60 a journal may belong to a ReferredPartyId instead.
    MemberId: {
      ...reference('LoyaltyProgramMember', 'Member', { required: true, locksParent: true }),
      requiredUnless: 'ReferredPartyId',
    },
    Name: autoNumber(30),
    OrderId: reference('Order', 'Order'),
    OrderItemId: reference('OrderItem', 'OrderItem'),
    Origin: textField(),
    PartnerId: reference('LoyaltyProgramPartner', 'Partner'),
    // Standard value set PaymentMethod.
    PaymentMethod: picklist([]),
    ProductCategoryId: reference('ProductCategory', 'ProductCategory'),
    ProductId: reference('Product2', 'Product'),
    PromotionId: reference('Promotion', 'Promotion', { since: 52 }),
    Quantity: double(),
    QuantityUnitOfMeasureId: reference('UnitOfMeasure', 'QuantityUnitOfMeasure'),
    // Hidden from Object Manager.
    RedeemedPointsExpirationInformation: textArea(32_000, { unfilterable: true, since: 55 }),
    ReferredMemberId: reference('LoyaltyProgramMember', 'ReferredMember'),
    ReferredPartyId: reference(['Account', 'Contact'], 'ReferredParty', { since: 60 }),
    RelatedCorporateMembershipId: reference('LoyaltyProgramMember', 'RelatedCorporateMembership'),
    RelatedJournalId: reference('TransactionJournal', 'RelatedJournal'),
    StartDate: dateTime(),
    // The last three are reserved (referral guide). The restriction is our judgment, because the engine has no others.
    Status: picklist(['Pending', 'Processed', 'Cancelled', 'Error', 'Approved', 'ProcessingError', 'SystemApproved'], {
      defaultValue: 'Pending',
      restricted: true,
      length: 40,
    }),
    TotalPromotionDiscount: currency({ since: 61 }),
    TransactionAmount: currency(),
    TransactionLocation: textField(),
    TransactionSourceLocationId: reference('RetailStore', 'TransactionSourceLocation', { since: 60 }),
    TraveledFareClass: picklist([]),
    // UnifiedPromotions exists since API 60.
    UsageType: picklist(['Loyalty', 'Rebates', 'UnifiedPromotions', 'Referral'], {
      createOnly: true,
      indexed: true,
      length: 40,
    }),
    VoucherCode: textField(),

    // In describe but not in the guide: types are those of describe, and lengths and flags are assumed.
    AccountId: reference('Account', 'Account'),
    AccountingModelConfigName: textField(),
    Comment: textField(),
    CreationSourceType: picklist([]),
    CreditAmount: currency(),
    DebitAmount: currency(),
    DueDate: date(),
    FundAccountRecordIdValue: textField(),
    FundAccountValue: textField(),
    GeneralLedgerCode: textField(),
    // The platform sets these five flags.
    IsAccrualJournalEntry: checkbox({ readOnly: true }),
    IsAdjustmentJournalEntry: checkbox({ readOnly: true }),
    IsHistoricalJournalEntry: checkbox({ readOnly: true }),
    IsRelatedJournalEntry: checkbox({ readOnly: true }),
    IsWriteOffJournalEntry: checkbox({ readOnly: true }),
    PaymentDate: date(),
    PrimaryRecordIdValue: textField(),
    ReferenceRecordId: reference('Asset', 'ReferenceRecord'),
    SecondaryRecordIdValue: textField(),
    // Not an idLookup field, so it cannot be the key of an upsert.
    UniqueIdentifier: textField(80),
    UsageResourceId: reference('UsageResource', 'UsageResource'),
    UsageSummaryId: reference('UsageSummary', 'UsageSummary'),
  },
  children: [
    { name: 'IssuedRewardReferences', childObject: 'GameParticipantReward', field: 'IssuedRewardReferenceId' },
    { name: 'PartnerLedgerToJournal', childObject: 'LoyaltyProgramPartnerLedger', field: 'TransactionJournalId' },
    { name: 'RelatedTransaction', childObject: 'TransactionJournal', field: 'RelatedJournalId' },
    { name: 'SourceActivities', childObject: 'GameParticipantReward', field: 'SourceActivityId' },
    { name: 'TransactionJournalLedger', childObject: 'LoyaltyLedger', field: 'TransactionJournalId' },
    { name: 'VoucherTransactionJournal', childObject: 'Voucher', field: 'TransactionJournalId' },
  ],
};
