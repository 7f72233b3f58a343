import { checkbox, crud, picklist, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A folder of documents, reports or templates.
 * API 10 and later. Object Reference for the Salesforce Platform, "Folder".
 */
export const documentFolder: SObjectDefinition = {
  name: 'Folder',
  label: 'Folder',
  labelPlural: 'Folders',
  keyPrefix: '00l',
  since: 10,
  searchable: false,
  hasCurrencyIsoCode: false,
  ...crud,
  fields: {
    AccessType: picklist(['Shared', 'Public', 'Hidden', 'PublicInternal'], { required: true }),
    DeveloperName: textField(80, { required: true }),
    IsReadonly: checkbox(),
    Name: textField(80, { required: true }),
    Type: picklist(['Dashboard', 'Document', 'Email', 'EmailTemplate', 'Report'], { required: true, createOnly: true }),
  },
};
