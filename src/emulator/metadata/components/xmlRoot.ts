import { readXmlNode } from '../../../base/files/xmlNode.js';
import type { XmlNode } from '../../../base/files/xmlNode.js';
import { soleText } from './metadataComponent.js';
import type { MetadataComponent } from './metadataComponent.js';

/** Returns the root element of the only file of a component. Undefined if the file is not XML. */
export function xmlRootOf(component: MetadataComponent): XmlNode | undefined {
  try {
    return readXmlNode(soleText(component));
  } catch {
    return undefined;
  }
}
