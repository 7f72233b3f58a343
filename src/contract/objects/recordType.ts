import type { SObjectDefinition } from '../sobject.js';
import { recordTypeTable } from './published/recordTypeTable.js';
import { readPublished } from './published/readPublished.js';

const published = readPublished(recordTypeTable);

/**
 * A kind of record of one object.
 * API 10 and later. Fields as orgs publish them; Object Reference for the Salesforce Platform, "RecordType".
 */
export const recordType: SObjectDefinition = {
  name: 'RecordType',
  label: 'Record Type',
  labelPlural: 'Record Types',
  keyPrefix: '012',
  since: 10,
  hasFewRecords: true,
  hasCurrencyIsoCode: false,
  createable: true,
  updateable: true,
  fields: published.fields,
  children: published.children,
};
