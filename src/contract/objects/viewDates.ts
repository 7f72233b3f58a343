import { dateTime } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { viewedObjectsTable } from './published/viewedObjectsTable.js';

const viewed: ReadonlySet<string> = new Set(viewedObjectsTable.split('\n'));

/**
 * Adds the times at which the calling user last viewed a record, or one that is related to it, to the objects that have
 * them. Both stay empty here, because nobody views records.
 */
export function withViewDates(definition: SObjectDefinition): SObjectDefinition {
  if (!viewed.has(definition.name) || 'LastViewedDate' in definition.fields) return definition;
  const dates = { LastReferencedDate: dateTime({ readOnly: true }), LastViewedDate: dateTime({ readOnly: true }) };
  return { ...definition, fields: { ...definition.fields, ...dates } };
}
