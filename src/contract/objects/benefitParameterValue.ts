import { autoNumber, crud, master, reference, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * The value of a benefit action's parameter.
 * API 51 and later. Loyalty Management Developer Guide, "BenefitParameterValue". Fields are those in the describe of a
 * real org. Lengths, flags and the first version are assumed.
 */
export const benefitParameterValue: SObjectDefinition = {
  name: 'BenefitParameterValue',
  label: 'Benefit Parameter Value',
  labelPlural: 'Benefit Parameter Values',
  keyPrefix: guessedKeyPrefix.BenefitParameterValue,
  since: 51,
  ...crud,
  fields: {
    BenefitActionParameterId: reference('BenefitActionParameter', 'BenefitActionParameter'),
    BenefitId: master('Benefit', 'Benefit'),
    Name: autoNumber(),
    ParameterValue: textField(),
  },
};
