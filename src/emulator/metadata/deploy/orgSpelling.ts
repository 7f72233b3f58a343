import { metadataFile, xmlNode } from '../../../base/files/writeXml.js';
import { readXmlNode } from '../../../base/files/xmlNode.js';
import type { ObjectModel } from '../../store/model/objectModel.js';
import { componentKey, soleText } from '../components/metadataComponent.js';
import type { ComponentMap } from '../components/metadataComponent.js';
import type { DeployPackage } from './deployPackage.js';
import type { PackagedComponent } from './packagedComponents.js';

interface KnownNames {
  readonly components: ComponentMap;
  readonly model: ObjectModel;
}

/**
 * Names have any case, and an org keeps those that it has: under another name, a field would lose its values, and a
 * component would be retrieved twice.
 */
export function inOrgSpelling(packages: readonly DeployPackage[], known: KnownNames): DeployPackage[] {
  return packages.map((each) => ({
    ...each,
    components: each.components.map((component) => spelled(component, known)),
  }));
}

function spelled(packaged: PackagedComponent, { components, model }: KnownNames): PackagedComponent {
  const { type } = packaged;
  const known = components.get(componentKey(packaged));
  if (type === 'CustomObject' || type === 'CustomField') {
    const fullName = known?.fullName ?? nameInModel(packaged, model);
    return fullName === packaged.fullName ? packaged : partNamed(packaged, fullName);
  }
  if (!known || known.fullName === packaged.fullName) return packaged;
  const { fullName, files } = known;
  const [path] = files.keys();
  const [content] = packaged.files.values();
  const isOneFile = files.size === 1 && packaged.files.size === 1 && path !== undefined && content !== undefined;
  return { ...packaged, fullName, ...(isOneFile && { files: new Map([[path, content]]) }) };
}

/** `account.brand__c` → `Account.Brand__c` */
function nameInModel({ fullName }: PackagedComponent, model: ObjectModel): string {
  const [object = '', field] = fullName.split('.');
  const type = model.type(object);
  const name = type?.name ?? object;
  return field === undefined ? name : `${name}.${type?.field(field)?.name ?? field}`;
}

/** Gives an object or a field another name, also in its file. */
function partNamed(packaged: PackagedComponent, fullName: string): PackagedComponent {
  const [object = '', field] = fullName.split('.');
  const text = soleText(packaged);
  const content = field === undefined || text === '' ? text : fieldNamed(text, field);
  return { ...packaged, fullName, files: new Map([[`objects/${object}.object`, Buffer.from(content)]]) };
}

function fieldNamed(text: string, field: string): string {
  const root = readXmlNode(text);
  const children = root.children.map((child) => (child.name === 'fullName' ? xmlNode('fullName', field) : child));
  return metadataFile({ ...root, children });
}
