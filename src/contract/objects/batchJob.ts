import { checkbox, dateTime, int, owner, picklist, reference, textField, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * One run of a batch, calculation or refresh.
 * API 51 and later. Loyalty Management Developer Guide, "BatchJob".
 *
 * Children of other clouds (insurance, rating) are left out.
 */
export const batchJob: SObjectDefinition = {
  name: 'BatchJob',
  label: 'Batch Job',
  labelPlural: 'Batch Jobs',
  keyPrefix: '0md',
  since: 51,
  deletable: true,
  fields: {
    AdditionalInformation: textArea(100_000, { unfilterable: true }),
    BatchJobDefinitionId: reference('BatchJobDefinition', 'BatchJobDefinition', { readOnly: true }),
    BatchJobDefinitionName: textField(80, { readOnly: true }),
    EndTime: dateTime({ readOnly: true }),
    ErrorDescription: textField(1333, { readOnly: true }),
    // The stage that failed.
    ExecutionStage: picklist(['Preprocessing', 'Datasync', 'Execution', 'Writeback'], { since: 66 }),
    ExternalReference: textField(255, { readOnly: true }),
    IsDebugOn: checkbox(),
    IsDebugRecipeDeleted: checkbox(),
    Name: textField(255, { readOnly: true, idLookup: true }),
    OwnerId: owner(),
    ProcessGroup: textField(80, { readOnly: true }),
    RetryCount: int({ readOnly: true }),
    RuntimeParameter: textArea(100_000, { readOnly: true, unfilterable: true }),
    StartTime: dateTime({ readOnly: true }),
    Status: picklist(
      [
        'Submitted',
        'QueueingInProgress',
        'Queued',
        'InProgress',
        'Completed',
        'CompletedWithFailures',
        'Failed',
        'Canceled',
      ],
      { readOnly: true },
    ),
    TotalInputRecordCount: int({ since: 66 }),
    TotalProcessedRecordCount: int({ readOnly: true, since: 66 }),
    // Calc is the Data Processing Engine. LoyaltyProgramProcess is taken from the type of the definition. There are
    // more.
    Type: picklist(
      [
        'Calc',
        'Flow',
        'LoyaltyProgramProcess',
        'DecisionTableRefresh',
        'DeepClone',
        'SalesAgreement',
        'ManagerProvisioning',
      ],
      { readOnly: true },
    ),
    UtilisedExecutionLimit: textField(255, { since: 66 }),
    UtilisedWritebackLimit: textField(255, { since: 66 }),
  },
  children: [{ name: 'BatchJobs', childObject: 'BatchJobPart', field: 'BatchJobId' }],
};
