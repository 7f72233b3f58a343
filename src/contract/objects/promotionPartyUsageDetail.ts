import { autoNumber, crud, currency, picklist, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * One use, with its journal.
 * API 60 and later. Loyalty Management Developer Guide, "PromotionPartyUsageDetail".
 * Absent from the describe of the orgs that were seen: it depends on features.
 *
 * AccountId, ContactId and LoyaltyProgramMemberId mirror PartyId, by its type.
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
