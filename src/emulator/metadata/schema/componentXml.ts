import { readXmlNode } from '../../../base/files/xmlNode.js';
import type { MetadataComponent } from '../components/metadataComponent.js';
import type { MetadataTypes } from '../components/metadataTypes.js';
import { decisionTableType, permissionSetType, programSetupType } from '../components/typeNames.js';

/** Types that the org reads, whose files have their name as the root. Others may not: settings have many roots. */
const readTypes: ReadonlySet<string> = new Set([
  ...['GlobalValueSet', decisionTableType, permissionSetType, programSetupType],
]);

/** Returns why a file of a component cannot be read. Files with several components were read when they were taken apart. */
export function problemOfXml({ type, files }: MetadataComponent, types: MetadataTypes): string | undefined {
  const known = types.type(type);
  if (!known || known.children.length > 0) return undefined;
  for (const [path, content] of files) {
    const problem = known.isXmlFile || path.endsWith('-meta.xml') ? problemOfFile(content, type) : undefined;
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function problemOfFile(content: Buffer, type: string): string | undefined {
  try {
    const { name } = readXmlNode(content.toString('utf8'));
    return name === type || !readTypes.has(type) ? undefined : `The file has <${name}>, not <${type}>`;
  } catch (error) {
    return `The file ${error instanceof Error ? error.message : String(error)}`;
  }
}
