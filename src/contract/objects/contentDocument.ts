import { int, owner, picklist, reference, textArea, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A file with all of its versions. It comes with its first version.
 * API 21 and later. Object Reference for the Salesforce Platform, "ContentDocument": only a selection of its fields.
 */
export const contentDocument: SObjectDefinition = {
  name: 'ContentDocument',
  label: 'Content Document',
  labelPlural: 'Content Documents',
  keyPrefix: '069',
  since: 21,
  searchable: false,
  updateable: true,
  deletable: true,
  fields: {
    ContentSize: int({ readOnly: true }),
    Description: textArea(1000),
    FileExtension: textField(40, { readOnly: true }),
    FileType: textField(20, { readOnly: true }),
    LatestPublishedVersionId: reference('ContentVersion', 'LatestPublishedVersion', { readOnly: true }),
    OwnerId: owner(),
    PublishStatus: picklist(['P', 'R', 'U'], { readOnly: true, defaultValue: 'P' }),
    Title: textField(255),
  },
  children: [
    { name: 'ContentDocumentLinks', childObject: 'ContentDocumentLink', field: 'ContentDocumentId' },
    { name: 'ContentVersions', childObject: 'ContentVersion', field: 'ContentDocumentId' },
  ],
};
