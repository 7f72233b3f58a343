import { crud, name, owner, picklist, text } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A library of rules.
 * API 62 and later. No page in the loyalty guides: fields as in the describe of a real org, lengths, flags and first
 * version assumed.
 */
export const ruleLibrary: SObjectDefinition = {
  name: 'RuleLibrary',
  label: 'Rule Library',
  labelPlural: 'Rule Libraries',
  keyPrefix: guessedKeyPrefix.RuleLibrary,
  since: 62,
  ...crud,
  fields: {
    ApiName: text(),
    ContextDefinitionName: text(),
    Name: name(),
    OwnerId: owner(),
    Status: picklist([]),
    UsageType: picklist([]),
  },
};
