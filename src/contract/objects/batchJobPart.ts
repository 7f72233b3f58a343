import {
  allReadOnly,
  base64,
  dateTime,
  int,
  long,
  master,
  picklist,
  reference,
  textField,
  textArea,
} from '../fields.js';
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
    ErrorDescription: textField(1333),
    FailedRecFileBody: base64({ unfilterable: true }),
    FailedRecFileContentType: picklist([]),
    FailedRecFileLength: int(),
    FailedRecFileName: textField(40),
    FailedRecordCount: int(),
    FailedRowCount: long({ since: 66 }),
    InputRecordCount: int(),
    InputRowCount: long({ since: 66 }),
    Name: textField(255, { idLookup: true }),
    OutputRecordCount: int(),
    OutputRowCount: long({ since: 66 }),
    ParentBatchJobPartId: reference('BatchJobPart', 'ParentBatchJobPart'),
    RecordFileBody: base64({ unfilterable: true }),
    RecordFileContentType: picklist([]),
    RecordFileLength: int(),
    RecordFileName: textField(40),
    RetryCount: int(),
    StartTime: dateTime(),
    Status: picklist(['New', 'Waiting', 'InProgress', 'Completed', 'Failed', 'Canceled']),
    Type: picklist([]),
    UserReference: textField(40, { since: 66 }),

    // In describe but not in the guide: types are those of describe, and lengths and flags are assumed.
    AdditionalInformation: textArea(),
    ExternalReference: textField(),
  }),
  children: [
    { name: 'BatchJobPart', childObject: 'BatchJobPartFailedRecord', field: 'BatchJobPartId' },
    { name: 'ChildBatchJobParts', childObject: 'BatchJobPart', field: 'ParentBatchJobPartId' },
  ],
};
