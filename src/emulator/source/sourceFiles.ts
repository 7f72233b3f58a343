import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { SourceError } from './sourceError.js';

/** A custom object or field, with or without a namespace. */
export const customName = /^[A-Za-z]\w*__c$/;

/** The files of one object in a source folder. */
export interface ObjectFiles {
  /** API name, in the spelling of the first file or folder found. */
  readonly name: string;
  /** `<Object>.object-meta.xml`. Absent if the folder has only fields of the object. */
  object?: string;
  readonly fields: string[];
}

export interface SourceFiles {
  readonly objects: readonly ObjectFiles[];
  readonly globalValueSets: readonly string[];
  /** Rules of programs, which the org reads elsewhere. */
  readonly programSetups: readonly string[];
}

const objectEnding = '.object-meta.xml';
const fieldEnding = '.field-meta.xml';
const valueSetEnding = '.globalValueSet-meta.xml';
const rulesEnding = '.loyaltyProgramSetup-meta.xml';

/**
 * Finds the metadata files below a folder, at any depth, so a folder with several packages can be read at once:
 * `…/objects/<Object>/<Object>.object-meta.xml`, `…/objects/<Object>/fields/<Field>.field-meta.xml` and
 * `…/globalValueSets/<Name>.globalValueSet-meta.xml`. Links are not followed.
 *
 * @throws {SourceError} when the folder cannot be read
 */
export async function findSourceFiles(folder: string): Promise<SourceFiles> {
  const objects = new Map<string, ObjectFiles>();
  const globalValueSets: string[] = [];
  // In an org and in some file systems, names that differ only in case are the same.
  const filesOf = (name: string): ObjectFiles => {
    const files = objects.get(name.toLowerCase()) ?? { name, fields: [] };
    objects.set(name.toLowerCase(), files);
    return files;
  };
  const files = await filesBelow(folder);
  for (const file of files) {
    if (file.endsWith(objectEnding)) filesOf(basename(file, objectEnding)).object ??= file;
    else if (file.endsWith(fieldEnding)) filesOf(basename(dirname(dirname(file)))).fields.push(file);
    else if (file.endsWith(valueSetEnding)) globalValueSets.push(file);
  }
  const programSetups = files.filter((file) => file.endsWith(rulesEnding));
  return { objects: [...objects.values()], globalValueSets, programSetups };
}

/** `…/fields/Brand__c.field-meta.xml` → `Brand__c` */
export function fieldNameOf(file: string): string {
  return basename(file, fieldEnding);
}

export function valueSetNameOf(file: string): string {
  return basename(file, valueSetEnding);
}

/** The files are sorted, so a folder gives the same org on every machine. */
async function filesBelow(folder: string): Promise<string[]> {
  const files: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new SourceError(folder, `cannot be read as a source folder (${(error as NodeJS.ErrnoException).code})`);
  });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isFile()) files.push(path);
    else if (entry.isDirectory() && !isForeign(entry.name)) files.push(...(await filesBelow(path)));
  }
  return files;
}

/** Whether a folder is skipped. Such folders contain no metadata and may be large. */
function isForeign(folderName: string): boolean {
  return folderName === 'node_modules' || folderName.startsWith('.');
}
