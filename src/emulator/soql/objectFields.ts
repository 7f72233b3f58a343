import type { FieldDefinition, SObjectDefinition } from '../../contract/sobject.js';
import { systemFields } from '../store/model/systemFields.js';

/** A field with its canonical name. */
export interface NamedField {
  readonly name: string;
  readonly definition: FieldDefinition;
}

interface FieldIndex {
  readonly byName: ReadonlyMap<string, NamedField>;
  readonly byRelationship: ReadonlyMap<string, NamedField>;
}

const indexes = new WeakMap<SObjectDefinition, FieldIndex>();

/** All fields that the object has in the API version, `Id` first. */
export function fieldsOf(object: SObjectDefinition, apiVersion: string): NamedField[] {
  return [...indexOf(object).byName.values()].filter((field) => isKnown(field, apiVersion));
}

export function queriedField(object: SObjectDefinition, name: string, apiVersion: string): NamedField | undefined {
  return known(indexOf(object).byName.get(name.toLowerCase()), apiVersion);
}

/** The reference field behind a relationship name: `Member` → `MemberId`. */
export function parentFieldOf(object: SObjectDefinition, name: string, apiVersion: string): NamedField | undefined {
  return known(indexOf(object).byRelationship.get(name.toLowerCase()), apiVersion);
}

function known(field: NamedField | undefined, apiVersion: string): NamedField | undefined {
  return field && isKnown(field, apiVersion) ? field : undefined;
}

function isKnown(field: NamedField, apiVersion: string): boolean {
  return (field.definition.since ?? 0) <= Number(apiVersion);
}

function indexOf(object: SObjectDefinition): FieldIndex {
  const existing = indexes.get(object);
  if (existing) return existing;
  const byName = new Map<string, NamedField>();
  const byRelationship = new Map<string, NamedField>();
  for (const [name, definition] of Object.entries({ ...systemFields, ...object.fields })) {
    byName.set(name.toLowerCase(), { name, definition });
    const { relationshipName } = definition;
    if (relationshipName) byRelationship.set(relationshipName.toLowerCase(), { name, definition });
  }
  const index = { byName, byRelationship };
  indexes.set(object, index);
  return index;
}
