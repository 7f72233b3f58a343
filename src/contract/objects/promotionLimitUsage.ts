import { autoNumber, crud, double, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * How much of a limit is used.
 * API 60 and later. Loyalty Management Developer Guide, "PromotionLimitUsage".
 * The orgs whose describe was seen do not have it, because it depends on features.
 */
export const promotionLimitUsage: SObjectDefinition = {
  name: 'PromotionLimitUsage',
  label: 'Promotion Limit Usage',
  labelPlural: 'Promotion Limit Usages',
  keyPrefix: guessedKeyPrefix.PromotionLimitUsage,
  since: 60,
  ...crud,
  fields: {
    Name: autoNumber(),
    PromotionLimitId: reference('PromotionLimit', 'PromotionLimit', { required: true, createOnly: true }),
    Usage: double({ required: true }),
  },
};
