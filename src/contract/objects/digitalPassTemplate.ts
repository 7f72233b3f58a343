import { crud, nameField, owner, picklist, textField, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * The look of a digital pass.
 * API 66 and later. Loyalty Management Developer Guide, "DigitalPassTemplate". Fields are those in the describe of a
 * real org. Lengths, flags and the first version are assumed.
 */
export const digitalPassTemplate: SObjectDefinition = {
  name: 'DigitalPassTemplate',
  label: 'Digital Pass Template',
  labelPlural: 'Digital Pass Templates',
  keyPrefix: guessedKeyPrefix.DigitalPassTemplate,
  since: 66,
  ...crud,
  fields: {
    Description: textArea(),
    Name: nameField(),
    OwnerId: owner(),
    ServiceProvider: picklist([]),
    ServicePrvdTmplIdentifier: textField(),
    Status: picklist([]),
    StatusReason: textField(),
    Type: picklist([]),
  },
  children: [
    { name: 'DigitalPasses', childObject: 'DigitalPass', field: 'DigitalPassTemplateId' },
    { name: 'DigitalPassTmplParameters', childObject: 'DigitalPassTmplParameter', field: 'DigitalPassTemplateId' },
  ],
};
