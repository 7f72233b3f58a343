import { autoNumber, crud, currency, picklist, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * One use of a promotion, with its journal.
 * API 60 and later. Loyalty Management Developer Guide, "PromotionPartyUsageDetail".
 * The orgs whose describe was seen do not have it, because it depends on features.
 *
 * Depending on the type of PartyId, one of AccountId, ContactId and LoyaltyProgramMemberId is a copy of it.
 */
export const promotionPartyUsageDetail: SObjectDefinition = {
  name: 'PromotionPartyUsageDetail',
  label: 'Promotion Party Usage Detail',
  labelPlural: 'Promotion Party Usage Details',
  keyPrefix: guessedKeyPrefix.PromotionPartyUsageDetail,
  since: 60,
  ...crud,
  searchable: false,
  fields: {
    AccountId: reference('Account', 'Account', { readOnly: true }),
    ContactId: reference('Contact', 'Contact', { readOnly: true }),
    CouponId: reference('Coupon', 'Coupon', { since: 66 }),
    DiscountAmount: currency(),
    LoyaltyProgramMemberId: reference('LoyaltyProgramMember', 'LoyaltyProgramMember', { readOnly: true }),
    Name: autoNumber(),
    PartyId: reference(['Account', 'Contact', 'LoyaltyProgramMember'], 'Party', { required: true, createOnly: true }),
    PartyType: picklist(['Account', 'Contact', 'LoyaltyProgramMember'], { readOnly: true }),
    PromotionId: reference('Promotion', 'Promotion', { required: true }),
    TransactionJournalId: reference('TransactionJournal', 'TransactionJournal'),
  },
};
