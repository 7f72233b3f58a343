import type { SObjectDefinition } from '../../../contract/sobject.js';
import type { Store } from '../../store/store.js';
import { soleText } from '../components/metadataComponent.js';
import type { ComponentName, MetadataComponent } from '../components/metadataComponent.js';
import { readXmlNode, textIn } from '../../../base/files/xmlNode.js';
import type { XmlNode } from '../../../base/files/xmlNode.js';

export const permissionSetType = 'PermissionSet';

/** Objects and fields that do not end so may exist in a real org, though not here. */
const ownName = /__c$/;

const apiName = /^[a-z](?:_?[a-z0-9])*(?:__[a-z](?:_?[a-z0-9])*)?$/i;
const invalidName =
  'The Permission Set API Name can only contain underscores and alphanumeric characters. It must be unique, begin with ' +
  'a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.';

/** Returns what is wrong with a permission set, in the words of a real org. */
export function permissionSetProblem(
  component: MetadataComponent,
  definitions: readonly SObjectDefinition[],
): string | undefined {
  const root = rootOf(component);
  if (typeof root === 'string') return root;
  if (!apiName.test(component.fullName)) return invalidName;
  if (textIn(root, 'label') === undefined) return 'Required field is missing: label';
  const objects = new Map(definitions.map((definition) => [definition.name.toLowerCase(), definition]));
  for (const { name, ...element } of root.children) {
    const problem =
      name === 'objectPermissions'
        ? objectProblem(textIn({ name, ...element }, 'object') ?? '', objects)
        : name === 'fieldPermissions'
          ? fieldProblem(textIn({ name, ...element }, 'field') ?? '', objects)
          : undefined;
    if (problem !== undefined) return problem;
  }
  return undefined;
}

type Objects = ReadonlyMap<string, SObjectDefinition>;

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

function rootOf(component: MetadataComponent): XmlNode | string {
  try {
    const root = readXmlNode(soleText(component));
    return root.name === permissionSetType ? root : `The file has <${root.name}>, not <${permissionSetType}>`;
  } catch (error) {
    return `The file ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Writes the record of a permission set, so that it can be assigned. */
export function recordPermissionSet(store: Store, component: MetadataComponent): void {
  const root = rootOf(component);
  if (typeof root === 'string' || !store.model.type(permissionSetType)) return;
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
