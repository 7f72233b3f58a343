import { allReadOnly, dateTime, picklist, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A record that the calling user viewed or referred to, under the Id of that record.
 * API 28 and later. Object Reference for the Salesforce Platform, "RecentlyViewed": without the fields that only users
 * have.
 */
export const recentlyViewed: SObjectDefinition = {
  name: 'RecentlyViewed',
  label: 'Recently Viewed',
  labelPlural: 'Recently Viewed',
  keyPrefix: guessedKeyPrefix.RecentlyViewed,
  since: 28,
  searchable: false,
  madeWhenQueried: true,
  fields: allReadOnly({
    FirstName: textField(80),
    LastName: textField(80),
    LastReferencedDate: dateTime(),
    LastViewedDate: dateTime(),
    Name: textField(255),
    Type: picklist([]),
  }),
};
