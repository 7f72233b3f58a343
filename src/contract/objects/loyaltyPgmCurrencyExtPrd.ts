import { autoNumber, checkbox, crud, int, picklist, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * By how much the expiry of a currency's points is extended, or how far back expired points can be reinstated, for all
 * members or those of a tier.
 * API 58 and later. Fields are those in the describe of a real org, picklists those of Help. Lengths, other flags and
 * the first version are assumed. The guide has a page for it since API 67. Setup uses it.
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
    ExtensionDurationUnit: picklist(['Days', 'Months']),
    ExtensionType: picklist(['ExpiryExtension', 'ReinstatementWindow'], { required: true, restricted: true }),
    IsExpiryExempt: checkbox(),
    LoyaltyProgramCurrencyId: reference('LoyaltyProgramCurrency', 'LoyaltyProgramCurrency'),
    LoyaltyProgramId: reference('LoyaltyProgram', 'LoyaltyProgram'),
    LoyaltyTierId: reference('LoyaltyTier', 'LoyaltyTier'),
    Name: autoNumber(),
    TargetAudienceReferenceId: reference('LoyaltyTier', 'TargetAudienceReference'),
  },
};
