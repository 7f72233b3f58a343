import { MetadataElement } from './metadataElement.js';
import { SourceError } from './sourceError.js';
import { customName, fieldNameOf, findSourceFiles, valueSetNameOf } from './sourceFiles.js';
import type { ObjectFiles } from './sourceFiles.js';

/** What metadata says about one object. */
export interface ObjectDocuments {
  /** API name, in the spelling of the metadata. */
  readonly name: string;
  /** For errors: the file of the object, or that of one of its fields. */
  readonly place: string;
  /** Absent for a standard object, and if there are only fields. */
  readonly object?: MetadataElement;
  /** Custom fields, each name once. */
  readonly fields: readonly FieldDocument[];
}

export interface FieldDocument {
  readonly name: string;
  readonly element: MetadataElement;
}

/** Metadata of objects, fields and value sets, read but not yet understood. */
export interface SourceDocuments {
  readonly objects: readonly ObjectDocuments[];
  /** By their names. */
  readonly globalValueSets: ReadonlyMap<string, MetadataElement>;
  /** Whether there is anything that an org can use. */
  readonly isEmpty: boolean;
}

/**
 * Reads the metadata of objects below an SFDX source folder.
 *
 * @throws {SourceError} when a file cannot be read
 */
export async function readSourceDocuments(folder: string, warn: (warning: Error) => void): Promise<SourceDocuments> {
  const files = await findSourceFiles(folder);
  const objects: ObjectDocuments[] = [];
  for (const each of files.objects) objects.push(await objectDocuments(each, warn));
  const sets = files.globalValueSets.map(async (file) => {
    return [valueSetNameOf(file), await MetadataElement.ofFile(file, 'GlobalValueSet')] as const;
  });
  const isEmpty = files.objects.length === 0 && files.programSetups.length === 0;
  return { objects, globalValueSets: new Map(await Promise.all(sets)), isEmpty };
}

async function objectDocuments(files: ObjectFiles, warn: (warning: Error) => void): Promise<ObjectDocuments> {
  const { name, object: file } = files;
  const isOwn = file !== undefined && customName.test(name);
  const object = isOwn ? await MetadataElement.ofFile(file, 'CustomObject') : undefined;
  const place = file ?? files.fields[0] ?? name;
  return { name, place, fields: await fieldDocuments(files, warn), ...(object && { object }) };
}

/** Reads custom fields. Files of standard fields are ignored, because the local org already has their definitions. */
async function fieldDocuments({ fields }: ObjectFiles, warn: (warning: Error) => void): Promise<FieldDocument[]> {
  const read = new Map<string, FieldDocument>();
  for (const file of fields) {
    const name = fieldNameOf(file);
    if (!name.endsWith('__c')) continue;
    if (!customName.test(name)) throw new SourceError(file, `"${name}" is not a valid name for a custom field`);
    if (read.has(name.toLowerCase()))
      warn(new SourceError(file, `${name} is defined twice, and only the first definition is used`));
    else read.set(name.toLowerCase(), { name, element: await MetadataElement.ofFile(file, 'CustomField') });
  }
  return [...read.values()];
}
