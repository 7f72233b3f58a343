import { solePath, soleText } from '../components/metadataComponent.js';
import type { MetadataComponent } from '../components/metadataComponent.js';
import { metadataFile } from '../../../base/files/writeXml.js';
import { readXmlNode, textIn } from '../../../base/files/xmlNode.js';
import type { XmlNode } from '../../../base/files/xmlNode.js';
import type { MetadataTypes } from '../components/metadataTypes.js';

/**
 * Returns the files of components as a package has them: parts are put together, in the order of the alphabet as an org
 * has them.
 */
export function componentFiles(
  components: readonly MetadataComponent[],
  types: MetadataTypes,
): Map<string, Buffer | string> {
  const files = new Map<string, Buffer | string>();
  const parted = new Map<string, MetadataComponent[]>();
  for (const component of components) {
    if (isParted(component, types)) {
      const path = solePath(component);
      parted.set(path, [...(parted.get(path) ?? []), component]);
    } else for (const [path, content] of component.files) files.set(path, content);
  }
  for (const [path, parts] of parted) files.set(path, metadataFile(togetherNode(parts, types)));
  return files;
}

function isParted({ type }: MetadataComponent, types: MetadataTypes): boolean {
  return types.child(type) !== undefined || (types.type(type)?.children.length ?? 0) > 0;
}

/** Returns the root element of a file with several components. */
export function togetherNode(parts: readonly MetadataComponent[], types: MetadataTypes): XmlNode {
  const [first] = parts;
  const child = types.child(first?.type ?? '');
  const name = child?.parent ?? first?.type ?? '';
  const elements = parts.flatMap((part) => elementsOf(part, types));
  const sorted = elements.sort((a, b) => compare(a.name, b.name) || compare(nameIn(a), nameIn(b)));
  return { name, attributes: {}, text: '', children: sorted, line: 1 };
}

function elementsOf(part: MetadataComponent, types: MetadataTypes): XmlNode[] {
  const text = soleText(part);
  if (text === '') return [];
  const { attributes: _attributes, ...root } = readXmlNode(text);
  const child = types.child(part.type);
  return child ? [{ ...root, attributes: {}, name: child.element }] : [...root.children];
}

function nameIn(node: XmlNode): string {
  return textIn(node, 'fullName') ?? '';
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
