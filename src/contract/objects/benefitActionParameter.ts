import { allReadOnly, reference, text } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A parameter of a benefit action.
 * API 51 and later. Loyalty Management Developer Guide, "BenefitActionParameter"; fields as in the describe of a real
 * org, lengths, flags and first version assumed.
 */
export const benefitActionParameter: SObjectDefinition = {
  name: 'BenefitActionParameter',
  label: 'Benefit Action Parameter',
  labelPlural: 'Benefit Action Parameters',
  keyPrefix: guessedKeyPrefix.BenefitActionParameter,
  since: 51,
  fields: allReadOnly({
    BenefitActionId: reference('BenefitAction', 'BenefitAction'),
    DataType: text(),
    DeveloperName: text(),
    Language: text(),
    MasterLabel: text(),
    ObjectName: text(),
    PicklistName: text(),
  }),
  children: [
    { name: 'BenefitActionParameters', childObject: 'BenefitParameterValue', field: 'BenefitActionParameterId' },
  ],
};
