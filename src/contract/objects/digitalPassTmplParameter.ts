import { checkbox, crud, nameField, picklist, reference, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A parameter of a digital pass template.
 * API 66 and later. Loyalty Management Developer Guide, "DigitalPassTmplParameter". Fields are those in the describe of
 * a real org. Lengths, flags and the first version are assumed.
 */
export const digitalPassTmplParameter: SObjectDefinition = {
  name: 'DigitalPassTmplParameter',
  label: 'Digital Pass Template Parameter',
  labelPlural: 'Digital Pass Template Parameters',
  keyPrefix: guessedKeyPrefix.DigitalPassTmplParameter,
  since: 66,
  ...crud,
  fields: {
    DataType: picklist([]),
    DefaultValue: textField(),
    DigitalPassTemplateId: reference('DigitalPassTemplate', 'DigitalPassTemplate', {
      required: true,
      createOnly: true,
    }),
    IsRequired: checkbox(),
    Name: nameField(),
  },
};
