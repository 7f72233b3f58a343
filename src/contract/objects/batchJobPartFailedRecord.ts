import { allReadOnly, master, picklist, reference, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A record that failed in a run.
 * API 51 and later. Loyalty Management Developer Guide, "BatchJobPartFailedRecord".
 */
export const batchJobPartFailedRecord: SObjectDefinition = {
  name: 'BatchJobPartFailedRecord',
  label: 'Batch Job Part Failed Record',
  labelPlural: 'Batch Job Part Failed Records',
  keyPrefix: guessedKeyPrefix.BatchJobPartFailedRecord,
  since: 51,
  searchable: false,
  fields: allReadOnly({
    BatchJobId: reference('BatchJob', 'BatchJob'),
    BatchJobPartId: master('BatchJobPart', 'BatchJobPart'),
    ErrorDescription: textField(1333),
    Name: textField(255, { idLookup: true }),
    Record: textField(100),
    RecordName: textField(),
    ResubmittedBatchJobId: reference('BatchJob', 'ResubmittedBatchJob', { since: 52 }),
    Status: picklist(['Failed', 'Resubmitted'], { defaultValue: 'Failed', since: 52 }),
  }),
};
