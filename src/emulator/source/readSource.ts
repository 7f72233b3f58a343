import type { ChildRelationship, SObjectDefinition } from '../../contract/sobject.js';
import { readField } from './customField.js';
import type { CustomField, FieldContext } from './customField.js';
import { readObject } from './customObject.js';
import { keyPrefixes } from './keyPrefixes.js';
import { MetadataElement } from './metadataElement.js';
import { customName, ownObject } from './ownObject.js';
import { picklistValues } from './picklists.js';
import type { GlobalValueSets } from './picklists.js';
import { SourceError } from './sourceError.js';
import { fieldNameOf, findSourceFiles, valueSetNameOf } from './sourceFiles.js';
import type { ObjectFiles } from './sourceFiles.js';

/** An org's objects: standard objects with custom fields from the source folder, and custom objects. */
export interface SourceModel {
  readonly definitions: readonly SObjectDefinition[];
  /** Sentences about what the local org leaves out or handles differently. */
  readonly warnings: readonly string[];
}

/** What one source folder defines for one object. */
interface ReadObject {
  readonly name: string;
  /** Absent for a standard object. */
  readonly object?: MetadataElement;
  readonly fields: readonly CustomField[];
}

/**
 * Reads custom objects and fields from an SFDX source folder, such as `force-app`.
 *
 * @param standard objects that every org has
 * @throws {SourceError} with the file and the element, when something cannot be read
 */
export async function readSource(folder: string, standard: readonly SObjectDefinition[]): Promise<SourceModel> {
  const warnings: string[] = [];
  const warn = ({ message }: Error): void => void warnings.push(message);
  const files = await findSourceFiles(folder);
  if (files.objects.length === 0 && !files.hasRules)
    warn(new SourceError(folder, 'contains no objects/<Object> folder, so nothing is added'));
  const context = { warn, globalValueSets: await readValueSets(files.globalValueSets) };
  const read: ReadObject[] = [];
  for (const objectFiles of files.objects) {
    const name = standard.find((definition) => isSame(definition.name, objectFiles.name))?.name;
    const object = name === undefined ? await ownObject(objectFiles, warn) : undefined;
    if (name === undefined && !object) continue;
    const objectName = name ?? objectFiles.name;
    const fields = await readFields(objectName, objectFiles, context);
    read.push({ name: objectName, fields, ...(object && { object }) });
  }
  const own = ownObjects(read, standard);
  const all = [...standard.map((definition) => withFields(definition, read)), ...own];
  return { definitions: all.map((definition) => withChildren(definition, read)), warnings };
}

function isSame(name: string, other: string): boolean {
  return name.toLowerCase() === other.toLowerCase();
}

async function readValueSets(files: readonly string[]): Promise<GlobalValueSets> {
  const sets = files.map(async (file) => {
    const element = await MetadataElement.ofFile(file, 'GlobalValueSet');
    return [valueSetNameOf(file), picklistValues(element.children('customValue'))] as const;
  });
  return new Map(await Promise.all(sets));
}

/** Reads custom fields. Files of standard fields are ignored, because the local org already has their definitions. */
async function readFields(objectName: string, { fields }: ObjectFiles, context: FieldContext): Promise<CustomField[]> {
  const read = new Map<string, CustomField>();
  for (const file of fields) {
    const name = fieldNameOf(file);
    if (!name.endsWith('__c')) continue;
    if (!customName.test(name)) throw new SourceError(file, `"${name}" is not a valid name for a custom field`);
    if (read.has(name.toLowerCase()))
      context.warn(new SourceError(file, `${name} is defined twice, and only the first definition is used`));
    else {
      const field = await MetadataElement.ofFile(file, 'CustomField');
      const custom = readField({ name, field, objectName }, context);
      if (custom) read.set(name.toLowerCase(), custom);
    }
  }
  return [...read.values()];
}

function ownObjects(read: readonly ReadObject[], standard: readonly SObjectDefinition[]): SObjectDefinition[] {
  const own = read.flatMap(({ object, ...rest }) => (object ? [{ object, ...rest }] : []));
  const taken = new Set(standard.map(({ keyPrefix }) => keyPrefix));
  const prefixes = keyPrefixes(own.map(({ name }) => name).sort(), taken);
  return own.map(({ name, object, fields }) => {
    return readObject({ name, keyPrefix: prefixes.get(name) ?? '', object }, fields);
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
