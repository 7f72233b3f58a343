import { crud, date, int, name, picklist, reference, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A version of a rule.
 * API 54 and later. No page in the guide: fields as in the describe of a real org, lengths, flags and first version
 * assumed. Used by Setup.
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
    Name: name(),
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
