import { autoNumber, crud, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Who may join a club.
 * API 64 and later. Loyalty Management Developer Guide, "LoyaltyTierEligibilitySrc".
 * The orgs whose describe was seen do not have it, because it depends on features.
 */
export const loyaltyTierEligibilitySrc: SObjectDefinition = {
  name: 'LoyaltyTierEligibilitySrc',
  label: 'Loyalty Tier Eligibility Source',
  labelPlural: 'Loyalty Tier Eligibility Sources',
  keyPrefix: guessedKeyPrefix.LoyaltyTierEligibilitySrc,
  since: 64,
  ...crud,
  fields: {
    LoyaltyTierId: reference('LoyaltyTier', 'LoyaltyTier', { required: true, createOnly: true }),
    Name: autoNumber(),
    SourceReferenceId: reference(['ActionableList', 'LoyaltyTier'], 'SourceReference'),
  },
};
