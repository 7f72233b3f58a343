import { metadataFile } from '../../../base/files/writeXml.js';
import { textIn } from '../../../base/files/xmlNode.js';
import type { XmlNode } from '../../../base/files/xmlNode.js';
import { solePath } from '../components/metadataComponent.js';
import type { ComponentName, MetadataComponent } from '../components/metadataComponent.js';
import { permissionSetType } from '../components/typeNames.js';
import { xmlRootOf } from '../components/xmlRoot.js';

const typesWithPermissions: ReadonlySet<string> = new Set(['MutingPermissionSet', permissionSetType, 'Profile']);

/**
 * Returns a permission set or profile without its permissions for objects and fields that are deleted, as an org removes
 * them with these. Undefined if nothing of it changes.
 *
 * @param deleted objects and fields, in lower case
 */
export function withoutPermissions(
  component: MetadataComponent,
  deleted: ReadonlySet<string>,
): MetadataComponent | undefined {
  if (!typesWithPermissions.has(component.type) || component.files.size !== 1) return undefined;
  // Profiles are only kept, and an earlier run may have taken one that is not XML.
  const root = xmlRootOf(component);
  const kept = root?.children.filter((permission) => !isFor(permission, deleted)) ?? [];
  if (!root || kept.length === root.children.length) return undefined;
  const content = Buffer.from(metadataFile({ ...root, children: kept }));
  return { ...component, files: new Map([[solePath(component), content]]) };
}

/** Returns the names that `withoutPermissions` takes. */
export function deletedNames(deletions: readonly ComponentName[]): ReadonlySet<string> {
  const schema = deletions.filter(({ type }) => type === 'CustomField' || type === 'CustomObject');
  return new Set(schema.map(({ fullName }) => fullName.toLowerCase()));
}

function isFor(permission: XmlNode, deleted: ReadonlySet<string>): boolean {
  if (permission.name === 'objectPermissions') return deleted.has((textIn(permission, 'object') ?? '').toLowerCase());
  if (permission.name !== 'fieldPermissions') return false;
  const field = (textIn(permission, 'field') ?? '').toLowerCase();
  return deleted.has(field) || deleted.has(field.split('.')[0] ?? '');
}
