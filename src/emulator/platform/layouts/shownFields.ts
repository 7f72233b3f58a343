import type { ModelField, SObjectType } from '../../store/model/objectModel.js';
import { fieldsOfBody } from '../records/recordEndpoints.js';

/** Most fields beside the name in a compact layout, a list view and a search result. */
const mostColumns = 4;

/** Fields of these types are too long for a column, or have no text of their own. */
const typesWithoutColumn = new Set(['textarea', 'base64', 'address', 'reference', 'multipicklist']);

/** The fields on the page of a record: the name first, the others in the order of the object, without system fields. */
export function pageFields(type: SObjectType, version: number): ModelField[] {
  const own = fieldsOfBody(type, version).filter(({ system, definition }) => !system && definition.type !== 'address');
  const { nameField } = type;
  return [...own.filter((field) => field === nameField), ...own.filter((field) => field !== nameField)];
}

/** The few fields by which people recognize a record. An object without a name shows the id. */
export function columnFields(type: SObjectType, version: number): ModelField[] {
  const fields = pageFields(type, version);
  const name = type.nameField ?? type.field('Id');
  const others = fields.filter((field) => field !== name && !typesWithoutColumn.has(field.definition.type));
  return [...(name ? [name] : []), ...others.slice(0, mostColumns)];
}
