import { crud, owner, picklist, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A group of users. A queue is a group that can own records.
 * API 10 and later. Object Reference for the Salesforce Platform, "Group": only a selection of its fields.
 */
export const group: SObjectDefinition = {
  name: 'Group',
  label: 'Group',
  labelPlural: 'Groups',
  keyPrefix: '00G',
  since: 10,
  hasCurrencyIsoCode: false,
  ...crud,
  fields: {
    DeveloperName: textField(80),
    Name: textField(40, { required: true }),
    OwnerId: owner(),
    Type: picklist(['Regular', 'Queue', 'Role', 'Organization'], { createOnly: true }),
  },
};
