import { allReadOnly, checkbox, text, textArea } from '../fields.js';
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
    DurableId: text(),
    IsActive: checkbox(),
    Label: text(),
    Name: text(),
    NamespacePrefix: text(),
    ProcessDefinition: textArea(32_000, { unfilterable: true }),
    ProcessGroup: text(80),
    SourceObjectName: text(80),
    // Flow or LoyaltyProgramProcess.
    Type: text(255, { since: 55 }),
    TypeInstance: text(80),
  }),
};
