import { allReadOnly, base64, dateTime, int, long, master, picklist, reference, text, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * One part of a run.
 * API 51 and later. Loyalty Management Developer Guide, "BatchJobPart".
 */
export const batchJobPart: SObjectDefinition = {
  name: 'BatchJobPart',
  label: 'Batch Job Part',
  labelPlural: 'Batch Job Parts',
  keyPrefix: guessedKeyPrefix.BatchJobPart,
  since: 51,
  searchable: false,
  fields: allReadOnly({
    BatchJobId: master('BatchJob', 'BatchJob'),
    EndTime: dateTime(),
    ErrorDescription: text(1333),
    FailedRecFileBody: base64({ unfilterable: true }),
    FailedRecFileContentType: picklist([]),
    FailedRecFileLength: int(),
    FailedRecFileName: text(40),
    FailedRecordCount: int(),
    FailedRowCount: long({ since: 66 }),
    InputRecordCount: int(),
    InputRowCount: long({ since: 66 }),
    Name: text(255, { idLookup: true }),
    OutputRecordCount: int(),
    OutputRowCount: long({ since: 66 }),
    ParentBatchJobPartId: reference('BatchJobPart', 'ParentBatchJobPart'),
    RecordFileBody: base64({ unfilterable: true }),
    RecordFileContentType: picklist([]),
    RecordFileLength: int(),
    RecordFileName: text(40),
    RetryCount: int(),
    StartTime: dateTime(),
    Status: picklist(['New', 'Waiting', 'InProgress', 'Completed', 'Failed', 'Canceled']),
    Type: picklist([]),
    UserReference: text(40, { since: 66 }),

    // In describe but not in the guide: types are those of describe, and lengths and flags are assumed.
    AdditionalInformation: textArea(),
    ExternalReference: text(),
  }),
  children: [
    { name: 'BatchJobPart', childObject: 'BatchJobPartFailedRecord', field: 'BatchJobPartId' },
    { name: 'ChildBatchJobParts', childObject: 'BatchJobPart', field: 'ParentBatchJobPartId' },
  ],
};
