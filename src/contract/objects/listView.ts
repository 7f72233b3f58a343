import { allReadOnly, checkbox, dateTime, picklist, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A list of records of one object, as people see it.
 * API 32 and later. Object Reference for the Salesforce Platform, "ListView".
 */
export const listView: SObjectDefinition = {
  name: 'ListView',
  label: 'List View',
  labelPlural: 'List Views',
  keyPrefix: '00B',
  since: 32,
  searchable: false,
  madeWhenQueried: true,
  fields: allReadOnly({
    DeveloperName: textField(80),
    IsSoqlCompatible: checkbox(),
    LastReferencedDate: dateTime(),
    LastViewedDate: dateTime(),
    Name: textField(40),
    NamespacePrefix: textField(15),
    SobjectType: picklist([]),
  }),
};
