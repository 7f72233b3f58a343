import { crud } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { groupTable } from './published/groupTable.js';
import { readPublished } from './published/readPublished.js';

const published = readPublished(groupTable);

/**
 * A group of users. A queue is a group that can own records.
 * API 10 and later. Fields as orgs publish them; Object Reference for the Salesforce Platform, "Group".
 */
export const group: SObjectDefinition = {
  name: 'Group',
  label: 'Group',
  labelPlural: 'Groups',
  keyPrefix: '00G',
  since: 10,
  hasCurrencyIsoCode: false,
  ...crud,
  fields: published.fields,
  children: published.children,
};
