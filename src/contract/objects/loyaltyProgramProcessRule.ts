import { checkbox, crud, nameField, picklist, reference, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A rule of a process.
 * API 54 and later. The guide has no page for it. Fields are those in the describe of a real org. Lengths, flags and
 * the first version are assumed. Setup uses it.
 */
export const loyaltyProgramProcessRule: SObjectDefinition = {
  name: 'LoyaltyProgramProcessRule',
  label: 'Loyalty Program Process Rule',
  labelPlural: 'Loyalty Program Process Rules',
  keyPrefix: guessedKeyPrefix.LoyaltyProgramProcessRule,
  since: 54,
  ...crud,
  fields: {
    ActiveVersionId: reference('LoyaltyProgramProcessRuleVersion', 'ActiveVersion'),
    Description: textArea(1000),
    IsProcessEligibilityRule: checkbox(),
    LatestVersionId: reference('LoyaltyProgramProcessRuleVersion', 'LatestVersion'),
    LoyaltyProgramProcessId: reference('LoyaltyProgramProcess', 'LoyaltyProgramProcess', {
      required: true,
      createOnly: true,
    }),
    Name: nameField(),
    PromotionId: reference('Promotion', 'Promotion'),
    Status: picklist(['Draft', 'Active', 'Inactive']),
  },
  children: [
    {
      name: 'LoyaltyProgramProcessRuleVersions',
      childObject: 'LoyaltyProgramProcessRuleVersion',
      field: 'LoyaltyProgramProcessRuleId',
    },
  ],
};
