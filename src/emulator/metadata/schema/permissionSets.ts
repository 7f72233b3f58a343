import type { SObjectDefinition } from '../../../contract/sobject.js';
import type { Store } from '../../store/store.js';
import { soleText } from '../components/metadataComponent.js';
import type { ComponentName, MetadataComponent } from '../components/metadataComponent.js';
import { permissionSetType } from '../components/typeNames.js';
import { readXmlNode, textIn } from '../../../base/files/xmlNode.js';
import type { XmlNode } from '../../../base/files/xmlNode.js';

/** Objects and fields that do not end so may exist in a real org, though not here. */
const ownName = /__c$/;

const apiName = /^[a-z](?:_?[a-z0-9])*(?:__[a-z](?:_?[a-z0-9])*)?$/i;
const invalidName =
  'The Permission Set API Name can only contain underscores and alphanumeric characters. It must be unique, begin with ' +
  'a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.';

/** Returns what is wrong with a permission set whose file is XML, in the words of a real org. */
export function permissionSetProblem(
  component: MetadataComponent,
  definitions: readonly SObjectDefinition[],
): string | undefined {
  const root = readXmlNode(soleText(component));
  if (!apiName.test(component.fullName)) return invalidName;
  if (textIn(root, 'label') === undefined) return 'Required field is missing: label';
  const objects = new Map(definitions.map((definition) => [definition.name.toLowerCase(), definition]));
  for (const permission of root.children) {
    const problem = problemOfPermission(permission, objects);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

type Objects = ReadonlyMap<string, SObjectDefinition>;

function problemOfPermission(permission: XmlNode, objects: Objects): string | undefined {
  switch (permission.name) {
    case 'objectPermissions':
      return objectProblem(textIn(permission, 'object') ?? '', objects);
    case 'fieldPermissions':
      return fieldProblem(textIn(permission, 'field') ?? '', objects);
    default:
      return undefined;
  }
}

function objectProblem(object: string, objects: Objects): string | undefined {
  const isMissing = ownName.test(object) && !objects.has(object.toLowerCase());
  return isMissing ? `In field: object - no CustomObject named ${object} found` : undefined;
}

function fieldProblem(field: string, objects: Objects): string | undefined {
  const [object = '', name = ''] = field.split('.');
  if (!ownName.test(name) && !ownName.test(object)) return undefined;
  const fields = objects.get(object.toLowerCase())?.fields ?? {};
  const found = Object.entries(fields).find(([each]) => each.toLowerCase() === name.toLowerCase());
  if (!found) return `In field: field - no CustomField named ${field} found`;
  return found[1].required === true ? `You cannot deploy to a required field: ${field}` : undefined;
}

/** Writes the record of a permission set, so that it can be assigned. */
export function recordPermissionSet(store: Store, component: MetadataComponent): void {
  if (!store.model.type(permissionSetType)) return;
  const root = readXmlNode(soleText(component));
  const { fullName } = component;
  const values = {
    Name: fullName,
    Label: textIn(root, 'label') ?? fullName,
    Description: textIn(root, 'description') ?? null,
  };
  const known = store.first(permissionSetType, { Name: fullName });
  if (known) store.update(permissionSetType, known.Id, values, { as: 'org' });
  else store.insert(permissionSetType, values, { as: 'org' });
}

export function deletePermissionSet(store: Store, { fullName }: ComponentName): void {
  if (!store.model.type(permissionSetType)) return;
  const known = store.first(permissionSetType, { Name: fullName });
  if (known) store.erase(permissionSetType, known.Id, { as: 'org' });
}
