import { OrgRefusal } from '../../orgRefusal.js';
import { readXmlNode } from '../../../base/files/xmlNode.js';
import type { XmlNode } from '../../../base/files/xmlNode.js';

/** A call of the Metadata API. */
export interface SoapRequest {
  /** Name of the call, such as `checkDeployStatus`. */
  readonly call: string;
  readonly input: XmlNode;
  /** Of a deploy: the zip file in base64, which is kept out of `input` because it may be large. */
  readonly zipFile: string;
}

/** Number of characters in which the header of an envelope must be. */
const longestHeader = 16_384;

/** Returns the token of an envelope, without reading the rest: whoever has none must cause no work. */
export function readSoapToken(text: string): string {
  return /<(?:\w+:)?sessionId>\s*([^<\s]*)\s*</.exec(text.slice(0, longestHeader))?.[1] ?? '';
}

const zipFileForm = /<((?:\w+:)?ZipFile)>([^<]*)<\/\1>/;

/**
 * Reads a SOAP envelope. Prefixes of namespaces mean nothing.
 *
 * @throws {OrgRefusal} 500 when it is not one
 */
export function readSoapRequest(text: string): SoapRequest {
  const zipFile = zipFileForm.exec(text)?.[2] ?? '';
  const root = parsed(zipFile === '' ? text : text.replace(zipFileForm, ''));
  const [input] = elementNamed(root, 'Body')?.children ?? [];
  if (root.name !== 'Envelope' || !input) throw noCall('the envelope has no call in its body');
  return { call: input.name, input, zipFile };
}

function parsed(text: string): XmlNode {
  try {
    return withoutPrefixes(readXmlNode(text));
  } catch (error) {
    throw noCall(`the request ${error instanceof Error ? error.message : String(error)}`);
  }
}

function noCall(why: string): OrgRefusal {
  return new OrgRefusal(500, 'UNKNOWN_EXCEPTION', `No SOAP call can be read: ${why}`);
}

function withoutPrefixes({ name, children, ...node }: XmlNode): XmlNode {
  return { ...node, name: name.replace(/^.*:/, ''), children: children.map(withoutPrefixes) };
}

export function elementNamed({ children }: XmlNode, name: string): XmlNode | undefined {
  return children.find((child) => child.name === name);
}

export function elementsNamed({ children }: XmlNode, name: string): XmlNode[] {
  return children.filter((child) => child.name === name);
}
