import { soleText } from '../components/metadataComponent.js';
import type { MetadataComponent } from '../components/metadataComponent.js';
import { xmlNode } from '../../../base/files/writeXml.js';
import { readXmlNode } from '../../../base/files/xmlNode.js';
import type { XmlNode } from '../../../base/files/xmlNode.js';
import type { OrgMetadata } from '../components/orgMetadata.js';
import { RawXml } from '../soap/soapXml.js';
import { togetherNode } from './componentFiles.js';
import { unknownType } from './listMetadata.js';
import { OrgInventory } from '../components/orgInventory.js';

/** Returns components as elements. One that the org does not have is an empty record. @throws {OrgRefusal} */
export function readMetadata(
  metadata: OrgMetadata,
  type: string,
  fullNames: readonly string[],
): { readonly records: RawXml } {
  if (!metadata.types.isKnown(type)) throw unknownType(type);
  const inventory = new OrgInventory(metadata);
  const records = fullNames.map((fullName): XmlNode => {
    const component = inventory.get({ type, fullName });
    if (!component) return { ...xmlNode('records', ''), attributes: { 'xsi:nil': 'true' } };
    const content = contentOf(component, metadata, inventory);
    const children = [xmlNode('fullName', component.fullName), ...content.filter(({ name }) => name !== 'fullName')];
    return { name: 'records', attributes: { 'xsi:type': type }, children, text: '', line: 1 };
  });
  return { records: new RawXml(records) };
}

function contentOf(component: MetadataComponent, { types }: OrgMetadata, inventory: OrgInventory): readonly XmlNode[] {
  const parts = inventory.partsOf(component);
  if (parts.length > 0) return togetherNode([component, ...parts], types).children;
  const text = soleText(component);
  return text === '' ? [] : readXmlNode(text).children;
}
