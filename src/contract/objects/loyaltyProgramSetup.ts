import { allReadOnly, picklist, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * The processes and rules of a program, as metadata.
 * API 54 and later. The guide has no page for it. It is reached through the Tooling and Metadata APIs. Its first
 * version is assumed to be that of the processes.
 */
export const loyaltyProgramSetup: SObjectDefinition = {
  name: 'LoyaltyProgramSetup',
  label: 'Loyalty Program Setup',
  labelPlural: 'Loyalty Program Setups',
  keyPrefix: guessedKeyPrefix.LoyaltyProgramSetup,
  since: 54,
  fields: allReadOnly({
    DeveloperName: textField(80),
    Language: picklist([]),
    MasterLabel: textField(),
    NamespacePrefix: textField(15),
  }),
};
