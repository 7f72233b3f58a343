import { autoNumber, crud, double, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Use of a limit so far.
 * API 60 and later. Loyalty Management Developer Guide, "PromotionLimitUsage".
 * Absent from the describe of the orgs that were seen: it depends on features.
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
