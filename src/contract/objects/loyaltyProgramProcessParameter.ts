import { checkbox, crud, int, master, name, picklist, text, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A parameter of a process.
 * API 54 and later. No page in the guide: fields as in the describe of a real org, lengths, flags and first version
 * assumed. Used by Setup.
 *
 * The input and output contract of a process: a client can read it to discover parameters.
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
    Name: name(),
    ObjectName: text(),
    Type: picklist(['Constant', 'Formula', 'Variable']),
    Value: textArea(),
  },
};
