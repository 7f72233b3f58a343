import { crud, picklist, reference } from '../fields.js';
import { withFiles } from './attachment.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * Where a file is shown, and who may see it.
 * API 21 and later. Object Reference for the Salesforce Platform, "ContentDocumentLink".
 */
export const contentDocumentLink: SObjectDefinition = {
  name: 'ContentDocumentLink',
  label: 'Content Document Link',
  labelPlural: 'Content Document Links',
  keyPrefix: '06A',
  since: 21,
  searchable: false,
  hasCurrencyIsoCode: false,
  ...crud,
  fields: {
    ContentDocumentId: reference('ContentDocument', 'ContentDocument', {
      ...{ required: true, createOnly: true, onParentDelete: 'cascade' },
    }),
    LinkedEntityId: reference([...withFiles, 'User'], 'LinkedEntity', {
      ...{ required: true, createOnly: true, onParentDelete: 'cascade' },
    }),
    ShareType: picklist(['V', 'C', 'I'], { defaultValue: 'V' }),
    Visibility: picklist(['AllUsers', 'InternalUsers', 'SharedUsers'], { defaultValue: 'AllUsers' }),
  },
};
