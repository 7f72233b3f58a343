import { autoNumber, checkbox, crud, int, picklist, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * By how much the expiry of a currency's points is extended in a tier.
 * API 58 and later. The guide has no page for it. Fields are those in the describe of a real org. Lengths, flags and
 * the first version are assumed. Setup uses it.
 */
export const loyaltyPgmCurrencyExtPrd: SObjectDefinition = {
  name: 'LoyaltyPgmCurrencyExtPrd',
  label: 'Loyalty Program Currency Extended Period',
  labelPlural: 'Loyalty Program Currency Extended Periods',
  keyPrefix: guessedKeyPrefix.LoyaltyPgmCurrencyExtPrd,
  since: 58,
  ...crud,
  fields: {
    ExtensionDuration: int(),
    ExtensionDurationUnit: picklist([]),
    ExtensionType: picklist([]),
    IsExpiryExempt: checkbox(),
    LoyaltyProgramCurrencyId: reference('LoyaltyProgramCurrency', 'LoyaltyProgramCurrency'),
    LoyaltyProgramId: reference('LoyaltyProgram', 'LoyaltyProgram'),
    LoyaltyTierId: reference('LoyaltyTier', 'LoyaltyTier'),
    Name: autoNumber(),
    TargetAudienceReferenceId: reference('LoyaltyTier', 'TargetAudienceReference'),
  },
};
