import { MetadataElement } from './metadataElement.js';
import { SourceError } from './sourceError.js';
import type { ObjectFiles } from './sourceFiles.js';

/** A custom object or field, with or without a namespace. */
export const customName = /^[A-Za-z]\w*__c$/;

/** Elements that mark other kinds of objects whose names also end in `__c`. */
const otherKinds = { customSettingsType: 'a custom setting', externalDataSource: 'an external object' } as const;

/**
 * Reads the definition of a custom object. Returns undefined, after a warning, if the local org does not have this kind
 * of object. Its fields must then be ignored.
 *
 * @throws {SourceError} when the file cannot be read
 */
export async function ownObject(
  { name, object: file, fields }: ObjectFiles,
  warn: (warning: Error) => void,
): Promise<MetadataElement | undefined> {
  const place = file ?? fields[0] ?? name;
  if (!customName.test(name)) {
    // No warning for a standard object that only has layouts or list views in the folder.
    if (fields.length > 0 || !/^[A-Za-z]+$/.test(name)) {
      warn(new SourceError(place, `the local org has no object ${name}, so it is left out`));
    }
    return undefined;
  }
  if (file === undefined) {
    warn(new SourceError(place, `${name} has no .object-meta.xml in the folder, so its fields are left out`));
    return undefined;
  }
  const object = await MetadataElement.ofFile(file, 'CustomObject');
  for (const [element, kind] of Object.entries(otherKinds)) {
    if (object.text(element) === undefined) continue;
    warn(object.error(element, `makes ${name} ${kind}, which the local org does not have, so it is left out`));
    return undefined;
  }
  return object;
}
