import type { ChildRelationship, SObjectDefinition } from '../../contract/sobject.js';
import { readField } from './customField.js';
import type { CustomField, FieldContext } from './customField.js';
import { readObject } from './customObject.js';
import { keyPrefixes } from './keyPrefixes.js';
import type { MetadataElement } from './metadataElement.js';
import { ownObject } from './ownObject.js';
import { picklistValues } from './picklists.js';
import type { GlobalValueSets } from './picklists.js';
import { SourceError } from './sourceError.js';
import type { ObjectDocuments, SourceDocuments } from './sourceDocuments.js';

/** What an error is about, by the names that metadata has. */
export interface FailedPart {
  readonly type: 'CustomField' | 'CustomObject' | 'GlobalValueSet';
  /** Such as `Account.Brand__c`. */
  readonly fullName: string;
}

export interface ModelReader {
  /** Called for what the local org leaves out or handles differently. */
  readonly warn: (warning: Error) => void;
  /** Called for what no org would take, which is then left out. Default: the error is thrown. */
  readonly fail?: (part: FailedPart, error: SourceError) => void;
  /** Key prefixes that custom objects already have, by the names of the objects. */
  readonly prefixes?: ReadonlyMap<string, string>;
}

/** What the metadata defines for one object. */
interface ReadObject {
  readonly name: string;
  /** Absent for a standard object. */
  readonly object?: MetadataElement;
  readonly fields: readonly CustomField[];
}

/**
 * Returns the objects of an org: standard objects with their custom fields, and custom objects.
 *
 * @throws {SourceError} when something cannot be read, and `fail` is not given
 */
export function sourceModel(
  documents: SourceDocuments,
  standard: readonly SObjectDefinition[],
  reader: ModelReader,
): SObjectDefinition[] {
  const context = { warn: reader.warn, globalValueSets: valueSets(documents, reader) };
  const read: ReadObject[] = [];
  for (const each of documents.objects) {
    const name = standard.find((definition) => isSame(definition.name, each.name))?.name;
    const object = name === undefined ? ownObject(each, reader.warn) : undefined;
    if (name === undefined && !object) continue;
    const objectName = name ?? each.name;
    const fields = readFields(objectName, each, { reader, context });
    read.push({ name: objectName, fields, ...(object && { object }) });
  }
  const own = ownObjects(read, standard, reader);
  const all = [...standard.map((definition) => withFields(definition, read)), ...own];
  return all.map((definition) => withChildren(definition, read));
}

function isSame(name: string, other: string): boolean {
  return name.toLowerCase() === other.toLowerCase();
}

/** Reads one part. Undefined if it cannot be read, and that is not thrown. */
function attempt<T>({ fail }: ModelReader, part: FailedPart, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!fail || !(error instanceof SourceError)) throw error;
    fail(part, error);
    return undefined;
  }
}

function valueSets({ globalValueSets }: SourceDocuments, reader: ModelReader): GlobalValueSets {
  const read = [...globalValueSets].flatMap(([name, element]) => {
    const part = { type: 'GlobalValueSet', fullName: name } as const;
    const values = attempt(reader, part, () => picklistValues(element.children('customValue')));
    return values ? [[name, values] as const] : [];
  });
  return new Map(read);
}

function readFields(
  objectName: string,
  { fields }: ObjectDocuments,
  { reader, context }: { readonly reader: ModelReader; readonly context: FieldContext },
): CustomField[] {
  return fields.flatMap(({ name, element }) => {
    const part = { type: 'CustomField', fullName: `${objectName}.${name}` } as const;
    return attempt(reader, part, () => readField({ name, field: element, objectName }, context)) ?? [];
  });
}

function ownObjects(
  read: readonly ReadObject[],
  standard: readonly SObjectDefinition[],
  reader: ModelReader,
): SObjectDefinition[] {
  const own = read.flatMap(({ object, ...rest }) => (object ? [{ object, ...rest }] : []));
  const known = reader.prefixes ?? new Map<string, string>();
  const taken = new Set([...standard.map(({ keyPrefix }) => keyPrefix), ...known.values()]);
  const fresh = own.map(({ name }) => name).filter((name) => !known.has(name));
  const prefixes = new Map([...known, ...keyPrefixes(fresh.sort(), taken)]);
  return own.flatMap(({ name, object, fields }) => {
    const part = { type: 'CustomObject', fullName: name } as const;
    const keyPrefix = prefixes.get(name) ?? '';
    return attempt(reader, part, () => readObject({ name, keyPrefix, object }, fields)) ?? [];
  });
}

function withFields(definition: SObjectDefinition, read: readonly ReadObject[]): SObjectDefinition {
  const fields = read.find(({ name }) => name === definition.name)?.fields ?? [];
  const added = Object.fromEntries(fields.map((field) => [field.name, field.definition]));
  return fields.length === 0 ? definition : { ...definition, fields: { ...definition.fields, ...added } };
}

/** A lookup is defined in the child, but SOQL and deletion also need it in the parent. */
function withChildren(definition: SObjectDefinition, read: readonly ReadObject[]): SObjectDefinition {
  const added: ChildRelationship[] = [];
  for (const { name: childObject, fields } of read) {
    for (const { child } of fields) {
      if (child?.parent === definition.name) added.push({ childObject, ...child.relationship });
    }
  }
  return added.length === 0 ? definition : { ...definition, children: [...(definition.children ?? []), ...added] };
}
