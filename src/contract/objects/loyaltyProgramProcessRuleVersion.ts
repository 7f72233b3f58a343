import { crud, date, int, nameField, picklist, reference, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A version of a rule.
 * API 54 and later. The guide has no page for it. Fields are those in the describe of a real org. Lengths, flags and
 * the first version are assumed. Setup uses it.
 */
export const loyaltyProgramProcessRuleVersion: SObjectDefinition = {
  name: 'LoyaltyProgramProcessRuleVersion',
  label: 'Loyalty Program Process Rule Version',
  labelPlural: 'Loyalty Program Process Rule Versions',
  keyPrefix: guessedKeyPrefix.LoyaltyProgramProcessRuleVersion,
  since: 54,
  ...crud,
  fields: {
    Description: textArea(1000),
    EndDate: date(),
    LoyaltyProgramProcessRuleId: reference('LoyaltyProgramProcessRule', 'LoyaltyProgramProcessRule', {
      required: true,
      createOnly: true,
    }),
    Name: nameField(),
    NextProcessRuleId: reference('LoyaltyProgramProcessRuleVersion', 'NextProcessRule'),
    PreviousProcessRuleId: reference('LoyaltyProgramProcessRuleVersion', 'PreviousProcessRule'),
    StartDate: date(),
    Status: picklist(['Draft', 'Active', 'Inactive']),
    VersionNumber: int(),
  },
  children: [
    { name: 'NextProcessRules', childObject: 'LoyaltyProgramProcessRuleVersion', field: 'NextProcessRuleId' },
    { name: 'PreviousProcessRules', childObject: 'LoyaltyProgramProcessRuleVersion', field: 'PreviousProcessRuleId' },
  ],
};
