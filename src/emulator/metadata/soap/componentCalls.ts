import type { ComponentName } from '../components/metadataComponent.js';
import { OrgInventory } from '../components/orgInventory.js';
import { metadataFile, xmlNode } from '../../../base/files/writeXml.js';
import { textIn, textsOf } from '../../../base/files/xmlNode.js';
import type { XmlNode } from '../../../base/files/xmlNode.js';
import type { DeployOutcome } from '../deploy/deployRun.js';
import type { DeployPackage } from '../deploy/deployPackage.js';
import { packagedComponents } from '../deploy/packagedComponents.js';
import type { MetadataApi } from '../metadataApi.js';
import { unknownType } from '../retrieve/listMetadata.js';
import { elementsNamed } from './soapRequest.js';
import type { SoapCall } from './soapCall.js';

const eachForItself = { checkOnly: false, ignoreWarnings: false, rollbackOnError: true };

/** `createMetadata`, `updateMetadata` and `upsertMetadata`: each component for itself. */
export async function saveMetadata(
  { api, input, userId }: SoapCall,
  how: 'create' | 'update' | 'upsert',
): Promise<unknown[]> {
  const results: unknown[] = [];
  for (const element of elementsNamed(input, 'metadata')) {
    const fullName = textIn(element, 'fullName') ?? '';
    const type = typeOf(element);
    if (!api.types.isKnown(type)) throw unknownType(type);
    const exists = new OrgInventory(api).has({ type, fullName });
    const outcome =
      unfit({ type, fullName }, how, exists) ??
      (await api.deploys.runPackages([packageOf(element, { type, fullName }, api)], eachForItself, userId));
    results.push({ ...(how === 'upsert' && { created: !exists }), ...saveResult(fullName, outcome) });
  }
  return results;
}

export async function deleteMetadata({ api, input, userId }: SoapCall): Promise<unknown[]> {
  const type = textIn(input, 'type') ?? '';
  const results: unknown[] = [];
  for (const fullName of textsOf(input, 'fullNames')) {
    const place = { componentType: type, fullName, fileName: '' };
    const packaged = { ...emptyPackage, after: [{ type, fullName, place }] };
    results.push(saveResult(fullName, await api.deploys.runPackages([packaged], eachForItself, userId)));
  }
  return results;
}

function typeOf({ attributes }: XmlNode): string {
  const type = Object.entries(attributes).find(([name]) => name.endsWith(':type'))?.[1] ?? '';
  return type.replace(/^.*:/, '');
}

/** Returns why a component cannot be created or updated. */
function unfit({ fullName }: ComponentName, how: 'create' | 'update' | 'upsert', exists: boolean): string | undefined {
  if (how === 'create' && exists) return `There is already a component named ${fullName}`;
  return how === 'update' && !exists ? `There is no component named ${fullName}` : undefined;
}

const emptyPackage: DeployPackage = { before: [], components: [], after: [], failures: [], manifestPath: '' };

/** Makes the package that would deploy the component. */
function packageOf({ children }: XmlNode, { type, fullName }: ComponentName, { types }: MetadataApi): DeployPackage {
  const child = types.child(type);
  const [owner = '', own = fullName] = child?.hasParentName === true ? fullName.split('.') : [fullName, fullName];
  const parent = types.type(child?.parent ?? type);
  const content = children.filter(({ name }) => name !== 'fullName');
  const root = child
    ? xmlNode(child.parent, [xmlNode(child.element, [xmlNode('fullName', own), ...content])])
    : xmlNode(type, content);
  const path = `${parent?.directory ?? ''}/${owner}.${parent?.suffix ?? ''}`;
  const files = new Map([[path, Buffer.from(metadataFile(root))]]);
  const manifest = [{ name: type, members: [fullName] }];
  return { ...emptyPackage, ...packagedComponents(files, manifest, { types, root: '' }) };
}

function saveResult(fullName: string, outcome: DeployOutcome | string): Record<string, unknown> {
  const problems = typeof outcome === 'string' ? [outcome] : outcome.failures.map(({ problem = '' }) => problem);
  const errors = problems.map((message) => ({ message, statusCode: 'UNKNOWN_EXCEPTION' }));
  return { errors, fullName, success: errors.length === 0 };
}
