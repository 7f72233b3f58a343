import { checkbox, picklist, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A kind of record of one object.
 * API 10 and later. Object Reference for the Salesforce Platform, "RecordType": only a selection of its fields.
 */
export const recordType: SObjectDefinition = {
  name: 'RecordType',
  label: 'Record Type',
  labelPlural: 'Record Types',
  keyPrefix: '012',
  since: 10,
  hasCurrencyIsoCode: false,
  createable: true,
  updateable: true,
  fields: {
    Description: textField(),
    DeveloperName: textField(80, { required: true }),
    IsActive: checkbox({ defaultValue: true }),
    IsPersonType: checkbox({ readOnly: true }),
    Name: textField(80, { required: true }),
    SobjectType: picklist([], { required: true, createOnly: true }),
  },
};
