import { checkbox, crud, currency, int, master, nameField, picklist, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A points currency of a program.
 * API 51 and later. Loyalty Management Developer Guide, "LoyaltyProgramCurrency".
 * Absent from some orgs, depending on features or version: DoesAllowLedgerTracing, DoesAllowNegativeBalance.
 *
 * There is no IsQualifyingCurrency; CurrencyType has that information. Qualifying points decide the tier and are reset.
 * Non-qualifying points are spent and expire.
 */
export const loyaltyProgramCurrency: SObjectDefinition = {
  name: 'LoyaltyProgramCurrency',
  label: 'Loyalty Program Currency',
  labelPlural: 'Loyalty Program Currencies',
  keyPrefix: '0lc',
  since: 51,
  hasFewRecords: true,
  ...crud,
  fields: {
    CostperUnit: currency(),
    // Distinguishes tier points from spendable points. The restriction is our judgment. The guide says that it has a
    // default, but not which.
    CurrencyType: picklist(['Qualifying', 'NonQualifying'], {
      defaultValue: 'Qualifying',
      createOnly: true,
      restricted: true,
    }),
    DoesAllowLedgerTracing: checkbox({ since: 61 }),
    DoesAllowNegativeBalance: checkbox({ since: 61 }),
    ExpiryModel: picklist(['Activity', 'Fixed']),
    ExpiryPeriodFrequency: int(),
    ExpiryPeriodUnit: picklist(['Days', 'Months', 'Years']),
    ExtendExpiration: picklist(['None', 'TillEndOfMonth']),
    HasEscrow: checkbox({ since: 53 }),
    IsActive: checkbox(),
    IsPrimary: checkbox(),
    LoyaltyProgramId: master('LoyaltyProgram', 'LoyaltyProgram'),
    LoyaltyTierGroupId: reference('LoyaltyTierGroup', 'LoyaltyTierGroup'),
    Name: nameField(),
  },
  children: [
    { name: 'CurrencyAggrExprLedger', childObject: 'LoyaltyAggrPointExprLedger', field: 'LoyaltyProgramCurrencyId' },
    { name: 'CurrencyRelationship', childObject: 'LoyaltyPgmPartnerCurrency', field: 'LoyaltyProgramCurrencyId' },
    { name: 'LedgerTraceabilityCurrency', childObject: 'LoyaltyLedgerTraceability', field: 'LoyaltyProgramCurrencyId' },
    { name: 'Loyalty_Member_Currency', childObject: 'LoyaltyMemberCurrency', field: 'LoyaltyProgramCurrencyId' },
    {
      name: 'LoyaltyCurrencyLoyaltyPgmCurrencyExtPrds',
      childObject: 'LoyaltyPgmCurrencyExtPrd',
      field: 'LoyaltyProgramCurrencyId',
    },
    { name: 'LoyaltyProgramCurrency', childObject: 'LoyaltyTierMshpFeeOption', field: 'LoyaltyProgramCurrencyId' },
    { name: 'LoyaltyProgramCurrencyLedger', childObject: 'LoyaltyLedger', field: 'LoyaltyProgramCurrencyId' },
    { name: 'RewardDefinitions', childObject: 'GameReward', field: 'RewardDefinitionId' },
  ],
};
