import { crud } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { assetTable } from './published/assetTable.js';
import { readPublished } from './published/readPublished.js';

const published = readPublished(assetTable);

/**
 * A product that a customer owns.
 * API 10 and later. Fields as orgs publish them; Object Reference for the Salesforce Platform, "Asset".
 */
export const asset: SObjectDefinition = {
  name: 'Asset',
  label: 'Asset',
  labelPlural: 'Assets',
  keyPrefix: '02i',
  since: 10,
  ...crud,
  fields: published.fields,
  children: [
    ...published.children,
    { name: 'JournalReferenceRecord', childObject: 'TransactionJournal', field: 'ReferenceRecordId' },
  ],
};
