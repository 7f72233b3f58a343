import { allReadOnly, dateTime, picklist, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Platform event at the end of a run.
 * API 51 and later. Loyalty Management Developer Guide, "BatchJobStatusChangedEvent".
 */
export const batchJobStatusChangedEvent: SObjectDefinition = {
  name: 'BatchJobStatusChangedEvent',
  label: 'Batch Job Status Changed Event',
  labelPlural: 'Batch Job Status Changed Events',
  keyPrefix: guessedKeyPrefix.BatchJobStatusChangedEvent,
  since: 51,
  queryable: false,
  searchable: false,
  fields: allReadOnly({
    BatchJob: textField(20, { unfilterable: true }),
    BatchJobDefinition: textField(20, { unfilterable: true }),
    EndDateTime: dateTime({ unfilterable: true }),
    EventUuid: textField(36, { unfilterable: true, since: 52 }),
    ReplayId: textField(1000, { unfilterable: true }),
    StartDateTime: dateTime({ unfilterable: true }),
    Status: picklist(['Success', 'Failure', 'Canceled'], { unfilterable: true }),
  }),
};
