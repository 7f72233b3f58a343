import { autoNumber, crud, double, int, picklist, reference, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Use of a promotion by one party.
 * API 60 and later. Loyalty Management Developer Guide, "PromotionPartyUsage".
 *
 * AccountId, ContactId and LoyaltyProgramMemberId mirror PartyId, by its type.
 */
export const promotionPartyUsage: SObjectDefinition = {
  name: 'PromotionPartyUsage',
  label: 'Promotion Party Usage',
  labelPlural: 'Promotion Party Usages',
  keyPrefix: guessedKeyPrefix.PromotionPartyUsage,
  since: 60,
  ...crud,
  fields: {
    AccountId: reference('Account', 'Account', { readOnly: true }),
    // JSON. Probably holds the engagement trail since API 64, when the setting is on (inferred).
    AdditionalAttributeInfo: textArea(32_000, { unfilterable: true }),
    ContactId: reference('Contact', 'Contact', { readOnly: true }),
    IssuedVoucherCount: int(),
    LoyaltyProgramMemberId: reference('LoyaltyProgramMember', 'LoyaltyProgramMember', { readOnly: true }),
    Name: autoNumber(),
    OrderCount: int(),
    PartyId: reference(['Account', 'Contact', 'LoyaltyProgramMember'], 'Party', { required: true, createOnly: true }),
    PointsCredited: double(),
    PromotionId: reference('Promotion', 'Promotion', { required: true }),
    Type: picklist(['Account', 'Contact', 'LoyaltyProgramMember'], { readOnly: true }),
    // Times the party used the promotion.
    UsageCount: double(),
  },
};
