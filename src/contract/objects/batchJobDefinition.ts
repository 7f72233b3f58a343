import { allReadOnly, picklist, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A definition of a batch or calculation.
 * API 51 and later. The loyalty guides have no page for it. Fields are those in the describe of a real org. Lengths,
 * flags and the first version are assumed.
 */
export const batchJobDefinition: SObjectDefinition = {
  name: 'BatchJobDefinition',
  label: 'Batch Job Definition',
  labelPlural: 'Batch Job Definitions',
  keyPrefix: guessedKeyPrefix.BatchJobDefinition,
  since: 51,
  fields: allReadOnly({
    Description: textField(),
    DeveloperName: textField(80),
    Language: picklist([]),
    MasterLabel: textField(),
    ProcessGroup: textField(80),
    Status: picklist([]),
    Type: picklist([]),
  }),
};
