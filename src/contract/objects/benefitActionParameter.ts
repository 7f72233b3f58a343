import { allReadOnly, reference, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A parameter of a benefit action.
 * API 51 and later. Loyalty Management Developer Guide, "BenefitActionParameter". Fields are those in the describe of a
 * real org. Lengths, flags and the first version are assumed.
 */
export const benefitActionParameter: SObjectDefinition = {
  name: 'BenefitActionParameter',
  label: 'Benefit Action Parameter',
  labelPlural: 'Benefit Action Parameters',
  keyPrefix: guessedKeyPrefix.BenefitActionParameter,
  since: 51,
  fields: allReadOnly({
    BenefitActionId: reference('BenefitAction', 'BenefitAction'),
    DataType: textField(),
    DeveloperName: textField(),
    Language: textField(),
    MasterLabel: textField(),
    ObjectName: textField(),
    PicklistName: textField(),
  }),
  children: [
    { name: 'BenefitActionParameters', childObject: 'BenefitParameterValue', field: 'BenefitActionParameterId' },
  ],
};
