import { autoNumber, crud, double, int, picklist, reference, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * One party's use of a promotion.
 * API 60 and later. Loyalty Management Developer Guide, "PromotionPartyUsage".
 *
 * Depending on the type of PartyId, one of AccountId, ContactId and LoyaltyProgramMemberId is a copy of it.
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
    // JSON. It is inferred that it holds the engagement trail since API 64, if the setting is on.
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
    // How often the party used the promotion.
    UsageCount: double(),
  },
};
