import { allReadOnly, checkbox, textField, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * View of batch definitions.
 * API 51 and later. Loyalty Management Developer Guide, "BatchProcessJobDefView".
 */
export const batchProcessJobDefView: SObjectDefinition = {
  name: 'BatchProcessJobDefView',
  label: 'Batch Process Job Definition View',
  labelPlural: 'Batch Process Job Definition Views',
  keyPrefix: guessedKeyPrefix.BatchProcessJobDefView,
  since: 51,
  fields: allReadOnly({
    DurableId: textField(),
    IsActive: checkbox(),
    Label: textField(),
    Name: textField(),
    NamespacePrefix: textField(),
    ProcessDefinition: textArea(32_000, { unfilterable: true }),
    ProcessGroup: textField(80),
    SourceObjectName: textField(80),
    // Flow or LoyaltyProgramProcess.
    Type: textField(255, { since: 55 }),
    TypeInstance: textField(80),
  }),
};
