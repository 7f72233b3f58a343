import type { MetadataElement } from './metadataElement.js';
import type { ObjectDocuments } from './sourceDocuments.js';
import { SourceError } from './sourceError.js';
import { customName } from './sourceFiles.js';

/** Elements that mark other kinds of objects whose names also end in `__c`. */
const otherKinds = { customSettingsType: 'a custom setting', externalDataSource: 'an external object' } as const;

/**
 * Returns the definition of a custom object. Returns undefined, after a warning, if the local org does not have this
 * kind of object. Its fields must then be ignored.
 */
export function ownObject(
  { name, place, object, fields }: ObjectDocuments,
  warn: (warning: Error) => void,
): MetadataElement | undefined {
  if (!customName.test(name)) {
    // No warning for a standard object that only has layouts or list views in the folder.
    if (fields.length > 0 || !/^[A-Za-z]+$/.test(name)) {
      warn(new SourceError(place, `the local org has no object ${name}, so it is left out`));
    }
    return undefined;
  }
  if (object === undefined) {
    warn(new SourceError(place, `${name} has no .object-meta.xml in the folder, so its fields are left out`));
    return undefined;
  }
  for (const [element, kind] of Object.entries(otherKinds)) {
    if (object.text(element) === undefined) continue;
    warn(object.error(element, `makes ${name} ${kind}, which the local org does not have, so it is left out`));
    return undefined;
  }
  return object;
}
