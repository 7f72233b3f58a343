import { autoNumber, checkbox, crud, int, picklist, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * How long points of a currency live on, by tier.
 * API 58 and later. No page in the guide: fields as in the describe of a real org, lengths, flags and first version
 * assumed. Used by Setup.
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
