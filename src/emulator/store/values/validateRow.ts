import { shortId } from '../../../base/sameId.js';
import { OrgRefusal, refused } from '../../orgRefusal.js';
import { coerceValue } from './coerceValue.js';
import type { StoredValue } from './coerceValue.js';
import { isId, to18 } from '../ids/recordIds.js';
import type { ModelField, SObjectType } from '../model/objectModel.js';
import { idOfParent } from './parentKey.js';
import type { Rows } from '../rowLookup.js';

/** Field values by API name, as received: JSON values, CSV cells, or values from this org's own code. */
export type GivenValues = Readonly<Record<string, unknown>>;

/** Field values as columns store them. */
export type StoredValues = Map<ModelField, StoredValue>;

/**
 * Who writes. A caller of the API may write what the object model allows callers to write. The org itself may write all
 * fields. Types, references and uniqueness are checked for both.
 */
export type Writer = 'caller' | 'org';

export interface Write {
  readonly type: SObjectType;
  readonly writer: Writer;
  /** Id of the row to update. Absent for an insert. */
  readonly id?: string;
}

/**
 * Checks the values of a row and converts them to their stored form. All writes go through this function.
 *
 * @throws {OrgRefusal} 400 with the platform's code, text and fields: INVALID_FIELD, INVALID_FIELD_FOR_INSERT_UPDATE,
 *   CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY, MALFORMED_ID, FIELD_INTEGRITY_EXCEPTION, INVALID_CROSS_REFERENCE_KEY,
 *   DUPLICATE_VALUE, REQUIRED_FIELD_MISSING (only for fields that an update sets to null; `requireFields` checks the
 *   fields that an insert leaves out), and the errors of `coerce`.
 */
export function validate(given: GivenValues, write: Write, rows: Rows): StoredValues {
  if (write.writer === 'caller') requireOperation(write.type, write.id === undefined ? 'createable' : 'updateable');
  const values: StoredValues = new Map();
  const readOnly: string[] = [];
  for (const name in given) {
    const value = given[name];
    if (value === undefined || name === 'attributes') continue;
    const field = write.type.field(name);
    if (field && !isWritable(field, write)) readOnly.push(field.name);
    else if (field) values.set(field, toStored(value, field, rows));
    else values.set(...parentOf(name, value, write.type, rows));
  }
  if (readOnly.length > 0) throw notWritable(readOnly, write);
  if (write.id !== undefined) requireFields(write.type, values, [...values.keys()]);
  requireUnique(values, write, rows);
  return values;
}

const operations = { createable: 'inserted', updateable: 'updated', deletable: 'deleted' } as const;

/** @throws {OrgRefusal} CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY when the object does not allow callers the operation */
export function requireOperation(type: SObjectType, flag: keyof typeof operations): void {
  if (type.definition[flag]) return;
  const message = `entity type cannot be ${operations[flag]}: ${type.definition.label}`;
  throw refused('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message);
}

/** @throws {OrgRefusal} REQUIRED_FIELD_MISSING when one of `candidates` is required and has no value */
export function requireFields(type: SObjectType, values: StoredValues, candidates = type.requiredFields): void {
  const missing = candidates
    .filter((field) => isRequired(field, values) && (values.get(field) ?? null) === null)
    .map((field) => field.name);
  if (missing.length === 0) return;
  throw refused('REQUIRED_FIELD_MISSING', `Required fields are missing: [${missing.join(', ')}]`, missing);
}

function isRequired({ definition: { required = false, requiredUnless } }: ModelField, values: StoredValues): boolean {
  if (requiredUnless === undefined) return required;
  return ![...values].some(([{ name }, value]) => name === requiredUnless && value !== null);
}

function isWritable({ definition }: ModelField, { writer, id }: Write): boolean {
  if (writer === 'org') return true;
  return (id === undefined ? definition.createable : definition.updateable) ?? false;
}

function notWritable(names: readonly string[], { id }: Write): Error {
  const code = 'INVALID_FIELD_FOR_INSERT_UPDATE';
  if (id === undefined && names.includes('Id')) return refused(code, 'cannot specify Id in an insert call', ['Id']);
  const advice =
    'Please check the security settings of this field and verify that it is read/write for your profile or permission set.';
  return refused(code, `Unable to create/update fields: ${names.join(', ')}. ${advice}`, names);
}

function toStored(value: unknown, field: ModelField, rows: Rows): StoredValue {
  const stored = coerceValue(value, field);
  return field.definition.type === 'reference' && typeof stored === 'string'
    ? toReference(stored, field, rows)
    : stored;
}

function toReference(given: string, field: ModelField, rows: Rows): string {
  const wrong = `${field.label}: id value of incorrect type: ${given}`;
  if (!isId(given)) throw refused('MALFORMED_ID', wrong, [field.name]);
  const id = to18(given);
  const target = rows.model.typeOfId(id);
  if (!target) {
    // An unknown key prefix is wrong only if the model has all objects that the field may refer to.
    if (field.definition.referenceTo?.some((name) => !rows.model.type(name))) return id;
    throw refused('FIELD_INTEGRITY_EXCEPTION', wrong, [field.name]);
  }
  if (!field.definition.referenceTo?.includes(target.name)) {
    throw refused('FIELD_INTEGRITY_EXCEPTION', wrong, [field.name]);
  }
  if (!rows.exists(target, id)) throw refused('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
  return id;
}

export function noSuchColumn(name: string, type: SObjectType): OrgRefusal {
  // Unlike the other errors of a row, this one has no `fields`.
  return new OrgRefusal(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${type.name}`);
}

function parentOf(name: string, value: unknown, type: SObjectType, rows: Rows): [ModelField, StoredValue] {
  const field = type.relationship(name);
  if (!field) throw noSuchColumn(name, type);
  return [field, value === null ? null : idOfParent(value, { type, field }, rows)];
}

function requireUnique(values: StoredValues, { type, id }: Write, rows: Rows): void {
  for (const [field, value] of values) {
    if (!field.definition.unique || value === null) continue;
    const other = rows.idsWith(type, field, value).find((each) => each !== id);
    if (other === undefined) continue;
    const message = `duplicate value found: ${field.name} duplicates value on record with id: ${shortId(other)}`;
    throw refused('DUPLICATE_VALUE', message);
  }
}
