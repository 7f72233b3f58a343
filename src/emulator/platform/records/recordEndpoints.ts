import { addressParts } from '../../../contract/compoundFields.js';
import type { OrgRequest } from '../../http/orgEndpoint.js';
import type { ModelField, SObjectType } from '../../store/model/objectModel.js';
import type { FieldValue, SObjectRow } from '../../store/tables/objectTable.js';
import { noSuchColumn } from '../../store/values/validateRow.js';

export function recordUrl(version: number, objectName: string, id: string): string {
  return `/services/data/v${version}.0/sobjects/${objectName}/${id}`;
}

/** Returns the fields that exist in the API version. */
export function fieldsOfBody(type: SObjectType, version: number): ModelField[] {
  return type.fields.filter(({ definition }) => (definition.since ?? 0) <= version);
}

/**
 * Renders a row in the platform's JSON, with all fields or those in `?fields=`.
 *
 * @throws {OrgRefusal} 400 INVALID_FIELD when the object has no such field
 */
export function toRecord(type: SObjectType, row: SObjectRow, request: OrgRequest): Record<string, unknown> {
  const names = request.query.get('fields')?.split(',');
  const fields = names ? fieldsNamed(type, names, request.version) : fieldsOfBody(type, request.version);
  return recordOf(type, row, { fields, version: request.version });
}

/** @throws {OrgRefusal} 400 INVALID_FIELD when the object has no such field */
export function fieldsNamed(type: SObjectType, names: readonly string[], version: number): ModelField[] {
  return names.map((name) => {
    const field = type.field(name.trim());
    if (!field || (field.definition.since ?? 0) > version) throw noSuchColumn(name.trim(), type);
    return field;
  });
}

/** The fields that a caller asks for. */
interface View {
  readonly fields: readonly ModelField[];
  readonly version: number;
}

/** Renders the given fields. Like the platform, it adds the id. */
export function recordOf(type: SObjectType, row: SObjectRow, { fields, version }: View): Record<string, unknown> {
  const url = recordUrl(version, type.name, row.Id);
  const record: Record<string, unknown> = { attributes: { type: type.name, url } };
  for (const { name, definition } of fields) {
    const value = row[name] ?? null;
    // A file is read at an address of its own.
    if (definition.type === 'base64') record[name] = value === null ? null : `${url}/${name}`;
    else if (definition.type === 'address') record[name] = toAddress(type, row, name);
    else record[name] = toJson(definition.type, value);
  }
  record['Id'] = row.Id;
  return record;
}

/** A compound address, which is null if all of its parts are. */
function toAddress({ definition }: SObjectType, row: SObjectRow, name: string): Record<string, unknown> | null {
  const parts = addressParts(definition, name).map(({ key, fieldName }) => [key, row[fieldName] ?? null] as const);
  return parts.every(([, value]) => value === null) ? null : Object.fromEntries(parts);
}

function toJson(type: string, value: FieldValue): FieldValue {
  return type === 'datetime' && typeof value === 'string' ? toApiDateTime(value) : value;
}

/** Returns `2026-04-03T08:00:00.000+0000`, because the platform's JSON does not use `Z`. */
export function toApiDateTime(stored: string): string {
  return stored.replace('Z', '+0000');
}
