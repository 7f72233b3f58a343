import { base64, checkbox, crud, int, reference, textArea, textField, url } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A file in a folder.
 * API 10 and later. Object Reference for the Salesforce Platform, "Document": only a selection of its fields.
 */
export const storedDocument: SObjectDefinition = {
  name: 'Document',
  label: 'Document',
  labelPlural: 'Documents',
  keyPrefix: '015',
  since: 10,
  searchable: false,
  hasCurrencyIsoCode: false,
  ...crud,
  fields: {
    AuthorId: { ...reference('User', 'Author'), defaultedOnCreate: true },
    Body: base64({ unfilterable: true }),
    BodyLength: int({ readOnly: true }),
    ContentType: textField(120),
    Description: textArea(255),
    DeveloperName: textField(80),
    FolderId: reference(['Folder', 'User'], 'Folder', { required: true }),
    IsInternalUseOnly: checkbox(),
    IsPublic: checkbox(),
    Keywords: textField(255),
    Name: textField(255, { required: true }),
    Type: textField(40),
    Url: url(1000),
  },
};
