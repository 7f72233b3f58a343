import { checkbox, crud, int, nameField, owner, picklist, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A loyalty program, to which all other loyalty objects belong.
 * API 51 and later. Loyalty Management Developer Guide, "LoyaltyProgram".
 * Absent from some orgs, depending on features or version: Type.
 */
export const loyaltyProgram: SObjectDefinition = {
  name: 'LoyaltyProgram',
  label: 'Loyalty Program',
  labelPlural: 'Loyalty Programs',
  keyPrefix: '0lp',
  since: 51,
  hasFewRecords: true,
  ...crud,
  fields: {
    Description: textField(1333),
    // Days until escrowed points can be spent.
    EscrowPeriod: int({ since: 53 }),
    IsPrimary: checkbox({ since: 52 }),
    // Needs at least one letter or digit. Characters such as `%` and `+` are not allowed.
    Name: nameField(),
    OwnerId: owner(),
    // The guide says that it has a default, but not which.
    Status: picklist(['Active', 'Inactive'], { defaultValue: 'Active' }),
    Type: picklist(['LOYALTY_PROGRAM', 'REFERRAL_PROGRAM'], { defaultValue: 'LOYALTY_PROGRAM' }),
  },
  children: [
    { name: 'JournalProgram', childObject: 'TransactionJournal', field: 'LoyaltyProgramId' },
    { name: 'LoyaltyPgmCurrencyExtPrds', childObject: 'LoyaltyPgmCurrencyExtPrd', field: 'LoyaltyProgramId' },
    { name: 'LoyaltyProgramBadges', childObject: 'LoyaltyProgramBadge', field: 'LoyaltyProgramId' },
    { name: 'LoyaltyProgramCurrencies', childObject: 'LoyaltyProgramCurrency', field: 'LoyaltyProgramId' },
    { name: 'LoyaltyProgramEngagementAttributes', childObject: 'LoyaltyPgmEngmtAttribute', field: 'LoyaltyProgramId' },
    { name: 'LoyaltyProgramJournalTypes', childObject: 'LoyaltyProgramJournalType', field: 'LoyaltyProgramId' },
    { name: 'LoyaltyProgramMembers', childObject: 'LoyaltyProgramMember', field: 'ProgramId' },
    { name: 'LoyaltyProgramPartners', childObject: 'LoyaltyProgramPartner', field: 'LoyaltyProgramId' },
    { name: 'LoyaltyProgramProcesses', childObject: 'LoyaltyProgramProcess', field: 'LoyaltyProgramId' },
    { name: 'LoyaltyPrograms', childObject: 'VoucherDefinition', field: 'LoyaltyProgramId' },
    { name: 'LoyaltyProgramTiers', childObject: 'LoyaltyTier', field: 'LoyaltyProgramId' },
    { name: 'LoyaltyProgramWidgets', childObject: 'LoyaltyProgramWidget', field: 'ProgramId' },
    { name: 'LoyaltyPromotions', childObject: 'Promotion', field: 'LoyaltyProgramId' },
    { name: 'LoyaltyTierGroups', childObject: 'LoyaltyTierGroup', field: 'LoyaltyProgramId' },
    { name: 'MemberPromotions', childObject: 'LoyaltyPgmMbrPromEligView', field: 'LoyaltyProgramId' },
    { name: 'ProgramBenefitTypes', childObject: 'BenefitType', field: 'LoyaltyProgramId' },
  ],
};
