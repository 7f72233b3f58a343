import { RuleFailure } from '../../../rules/index.js';
import type { RuleRecord, RuleValue } from '../../../rules/index.js';
import type { Store } from '../../store/store.js';
import type { FieldValue, SObjectRow } from '../../store/tables/objectTable.js';
import type { ModelField, SObjectType } from '../../store/model/objectModel.js';

/** Rows that were read, by their Ids. Whoever writes records forgets them. */
export type KnownRows = Map<string, SObjectRow | undefined>;

interface FieldOfJournal {
  /** Undefined where there is none: then every field is blank. */
  readonly journalId: string | undefined;
  /** Behind `TransactionJournal.` */
  readonly path: string;
}

/**
 * Returns a field of a journal, or of a record that it refers to: `TransactionAmount`, `Member.Contact.Name`. A
 * reference to nothing makes everything behind it blank.
 * @throws {RuleFailure} if an object has no such field
 */
export function journalField(store: Store, rows: KnownRows, { journalId, path }: FieldOfJournal): RuleValue {
  const parts = path.split('.');
  const name = parts.pop() ?? '';
  let type = store.type('TransactionJournal');
  let id = journalId;
  for (const part of parts) {
    const reference: ModelField = fieldNamed(type, part, type.relationship(part), path);
    const next: FieldValue | undefined =
      id === undefined ? undefined : rowOf(store, rows, type.name, id)?.[reference.name];
    id = typeof next === 'string' ? next : undefined;
    const target = (id === undefined ? undefined : store.model.typeOfId(id)?.name) ?? targetOf(reference);
    type = store.type(target);
  }
  const field = fieldNamed(type, name, type.field(name), path);
  const value = id === undefined ? null : rowOf(store, rows, type.name, id)?.[field.name];
  return ruleValue(field, value ?? null);
}

/** Returns the records of an object, oldest first. Undefined if the org has no such object. */
export function objectRecords(store: Store, objectName: string): RuleRecord[] | undefined {
  const type = store.model.type(objectName);
  if (!type) return undefined;
  return store.find(type.name, {}).map((row) => {
    const values = [...type.fields].map((field) => [
      field.name.toLowerCase(),
      ruleValue(field, row[field.name] ?? null),
    ]);
    return { is: 'Record', fields: new Map(values as [string, RuleValue][]) };
  });
}

function rowOf(store: Store, rows: KnownRows, objectName: string, id: string): SObjectRow | undefined {
  if (!rows.has(id)) rows.set(id, store.get(objectName, id));
  return rows.get(id);
}

function fieldNamed(type: SObjectType, name: string, found: ModelField | undefined, path: string): ModelField {
  if (found) return found;
  throw new RuleFailure(`TransactionJournal.${path}: ${type.name} has no field ${name}.`);
}

function targetOf({ definition }: ModelField): string {
  return definition.referenceTo?.[0] ?? '';
}

function ruleValue({ definition }: ModelField, value: FieldValue): RuleValue {
  if (typeof value === 'string' && definition.type === 'date') return { is: 'Date', day: value };
  if (typeof value === 'string' && definition.type === 'datetime')
    return { is: 'DateTime', moment: new Date(value).toISOString() };
  return value === '' ? null : value;
}
