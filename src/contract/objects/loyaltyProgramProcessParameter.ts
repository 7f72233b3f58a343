import { checkbox, crud, int, master, nameField, picklist, textField, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A parameter of a process.
 * API 54 and later. The guide has no page for it. Fields are those in the describe of a real org. Lengths, flags and
 * the first version are assumed. Setup uses it.
 *
 * A client can read these records to find the input and output parameters of a process.
 */
export const loyaltyProgramProcessParameter: SObjectDefinition = {
  name: 'LoyaltyProgramProcessParameter',
  label: 'Loyalty Program Process Parameter',
  labelPlural: 'Loyalty Program Process Parameters',
  keyPrefix: guessedKeyPrefix.LoyaltyProgramProcessParameter,
  since: 54,
  ...crud,
  fields: {
    DataType: picklist(['Boolean', 'Date', 'DateTime', 'Numeric', 'Sobject', 'Text']),
    DecimalPlaces: int(),
    Description: textArea(1000),
    IsCollection: checkbox(),
    IsInput: checkbox(),
    IsOutput: checkbox(),
    LoyaltyProgramProcessId: master('LoyaltyProgramProcess', 'LoyaltyProgramProcess'),
    Name: nameField(),
    ObjectName: textField(),
    Type: picklist(['Constant', 'Formula', 'Variable']),
    Value: textArea(),
  },
};
