import { autoNumber, crud, double, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Use of a limit so far.
 * API 60 and later. Loyalty Management Developer Guide, "PromotionLimitUsage".
 * In the guide only: the describe of a real org at hand did not have it, so it depends on features.
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
