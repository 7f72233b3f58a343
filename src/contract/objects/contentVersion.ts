import { base64, checkbox, int, owner, picklist, reference, textArea, textField } from '../fields.js';
import { withFiles } from './attachment.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A version of a file.
 * API 20 and later. Object Reference for the Salesforce Platform, "ContentVersion": only a selection of its fields.
 */
export const contentVersion: SObjectDefinition = {
  name: 'ContentVersion',
  label: 'Content Version',
  labelPlural: 'Content Versions',
  keyPrefix: '068',
  since: 20,
  searchable: false,
  hasCurrencyIsoCode: false,
  createable: true,
  updateable: true,
  fields: {
    Checksum: textField(50, { readOnly: true }),
    ContentDocumentId: reference('ContentDocument', 'ContentDocument', { createOnly: true, onParentDelete: 'cascade' }),
    ContentSize: int({ readOnly: true }),
    Description: textArea(1000),
    FileExtension: textField(40, { readOnly: true }),
    FileType: textField(20, { readOnly: true }),
    FirstPublishLocationId: reference([...withFiles, 'User'], 'FirstPublishLocation', { createOnly: true }),
    IsLatest: checkbox({ readOnly: true }),
    Origin: picklist(['C', 'H'], { createOnly: true, defaultValue: 'C' }),
    OwnerId: owner(),
    PathOnClient: textField(500, { required: true, createOnly: true }),
    ReasonForChange: textField(1000),
    // Default: the name in PathOnClient, without its extension.
    Title: textField(255),
    VersionData: base64({ required: true, createOnly: true, unfilterable: true }),
    VersionNumber: textField(20, { readOnly: true }),
  },
};
