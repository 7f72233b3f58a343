import { autoNumber, crud, master } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Link between an engagement attribute and a promotion.
 * API 55 and later. Loyalty Management Developer Guide, "LoyaltyPgmEngmtAttrProm".
 */
export const loyaltyPgmEngmtAttrProm: SObjectDefinition = {
  name: 'LoyaltyPgmEngmtAttrProm',
  label: 'Loyalty Program Engagement Attribute Promotion',
  labelPlural: 'Loyalty Program Engagement Attribute Promotions',
  keyPrefix: guessedKeyPrefix.LoyaltyPgmEngmtAttrProm,
  since: 55,
  ...crud,
  fields: {
    LoyaltyProgramEngmtAttrId: master('LoyaltyPgmEngmtAttribute', 'LoyaltyProgramEngmtAttr'),
    Name: autoNumber(),
    PromotionId: master('Promotion', 'Promotion'),
  },
};
