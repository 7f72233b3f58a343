import { crud, nameField, owner, picklist, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A library of rules.
 * API 62 and later. The loyalty guides have no page for it. Fields are those in the describe of a real org. Lengths,
 * flags and the first version are assumed.
 */
export const ruleLibrary: SObjectDefinition = {
  name: 'RuleLibrary',
  label: 'Rule Library',
  labelPlural: 'Rule Libraries',
  keyPrefix: guessedKeyPrefix.RuleLibrary,
  since: 62,
  ...crud,
  fields: {
    ApiName: textField(),
    ContextDefinitionName: textField(),
    Name: nameField(),
    OwnerId: owner(),
    Status: picklist([]),
    UsageType: picklist([]),
  },
};
