import { readXmlNode, textIn, textsOf } from '../../../base/files/xmlNode.js';
import type { XmlNode } from '../../../base/files/xmlNode.js';

/** Members of one type that a package.xml or destructiveChanges.xml names. */
export interface ManifestTypes {
  readonly name: string;
  /** Full names, or `*` for all. */
  readonly members: readonly string[];
}

/** @throws {Error} with the reason, as a clause without its subject */
export function readManifest(xml: string): ManifestTypes[] {
  const root = readXmlNode(xml);
  if (root.name !== 'Package') throw new Error(`has <${root.name}>, not <Package>`);
  return manifestTypes(root);
}

/** Reads the `<types>` of a package.xml, or of a request to retrieve. */
export function manifestTypes({ children }: XmlNode): ManifestTypes[] {
  return children
    .filter(({ name }) => name === 'types')
    .map((types) => ({ name: textIn(types, 'name') ?? '', members: textsOf(types, 'members') }));
}
