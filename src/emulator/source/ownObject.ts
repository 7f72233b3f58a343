import { MetadataElement } from './metadataElement.js';
import { SourceError } from './sourceError.js';
import type { ObjectFiles } from './sourceFiles.js';

/** A custom object or field, with or without a namespace. */
export const customName = /^[A-Za-z]\w*__c$/;

/** Elements of objects that end in `__c` as well, but are of another kind. */
const otherKinds = { customSettingsType: 'a custom setting', externalDataSource: 'an external object' } as const;

/**
 * The definition of an object that is not one of the platform's. Undefined, with a warning, for a kind that the local org
 * does not have; its fields are not read then.
 *
 * @throws SourceError when the file cannot be read
 */
export async function ownObject(
  { name, object: file, fields }: ObjectFiles,
  warn: (warning: Error) => void,
): Promise<MetadataElement | undefined> {
  const place = file ?? fields[0] ?? name;
  if (!customName.test(name)) {
    // A standard object that only has layouts or list views in the folder is not worth a word.
    if (fields.length > 0 || !/^[A-Za-z]+$/.test(name)) {
      warn(new SourceError(place, `${name} is no object of the local org, so it is left out`));
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
