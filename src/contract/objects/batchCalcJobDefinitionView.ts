import { allReadOnly, checkbox, picklist, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * View of Data Processing Engine definitions.
 * API 51 and later. Loyalty Management Developer Guide, "BatchCalcJobDefinitionView".
 */
export const batchCalcJobDefinitionView: SObjectDefinition = {
  name: 'BatchCalcJobDefinitionView',
  label: 'Batch Calculation Job Definition View',
  labelPlural: 'Batch Calculation Job Definition Views',
  keyPrefix: guessedKeyPrefix.BatchCalcJobDefinitionView,
  since: 51,
  fields: allReadOnly({
    DataSpaceApiName: textField(),
    // The guide says that it has a default, but not which.
    DefinitionRunMode: picklist(['Batch', 'OnDemand'], { defaultValue: 'Batch' }),
    Description: textField(),
    DurableId: textField(),
    ExecutionPlatformObjectType: picklist([], { since: 65 }),
    // CDP is Data Cloud; CORE is inferred.
    ExecutionPlatformType: picklist(['CRMA', 'CDP', 'CORE']),
    InstalledPackageName: textField(240),
    IsActive: checkbox(),
    IsTemplate: checkbox(),
    LastModifiedBy: textField(),
    ManageableState: picklist([]),
    MasterLabel: textField(),
    Name: textField(),
    NamespacePrefix: textField(),
    // Other clouds add values.
    ProcessType: picklist(['Loyalty']),

    // In describe but not in the guide: types are those of describe, and lengths and flags are assumed.
    CurrencyConversion: textField(),
    TargetCurrencyIsoCode: textField(),
  }),
};
