import type { OrgRequest } from '../http/endpoint.js';
import type { Field, SObjectType } from '../store/objectModel.js';
import type { FieldValue, SObjectRow } from '../store/table.js';
import { noSuchColumn } from '../store/validate.js';

export function recordUrl(version: number, objectName: string, id: string): string {
  return `/services/data/v${version}.0/sobjects/${objectName}/${id}`;
}

/** Fields that the API version has. */
export function fieldsOf(type: SObjectType, version: number): Field[] {
  return type.fields.filter(({ definition }) => (definition.since ?? 0) <= version);
}

/** A row in the platform's JSON: all fields, or those of `?fields=`, to which the platform adds the id. */
export function toRecord(type: SObjectType, row: SObjectRow, request: OrgRequest): Record<string, unknown> {
  const names = request.query.get('fields')?.split(',');
  const fields = names?.map((name) => fieldOf(type, name.trim())) ?? fieldsOf(type, request.version);
  const record: Record<string, unknown> = {
    attributes: { type: type.name, url: recordUrl(request.version, type.name, row.Id) },
  };
  for (const { name, definition } of fields) record[name] = toJson(definition.type, row[name] ?? null);
  record['Id'] = row.Id;
  return record;
}

function fieldOf(type: SObjectType, name: string): Field {
  const field = type.field(name);
  if (!field) throw noSuchColumn(name, type);
  return field;
}

function toJson(type: string, value: FieldValue): FieldValue {
  return type === 'datetime' && typeof value === 'string' ? value.replace('Z', '+0000') : value;
}
