import { xmlLibrary } from './xmlLibrary.js';
import { mustBeMetadataXml, notMetadata } from './xmlText.js';

/** An element of a metadata file, with everything that is needed to write the file again. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Its own text, not that of its children, with all blanks. */
  readonly text: string;
  readonly children: readonly XmlNode[];
  /** Where it begins. Counted from 1. */
  readonly line: number;
}

const textName = '#text';
const attributesName = ':@';
const options = {
  preserveOrder: true,
  captureMetaData: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
};

type ParsedNode = Readonly<Record<string | symbol, unknown>>;

/**
 * Returns the root element.
 *
 * @throws {Error} with the reason, as a clause without its subject
 */
export function readXmlNode(xml: string): XmlNode {
  mustBeMetadataXml(xml);
  const [root] = nodesOf(parsed(xml), nodeLines(xml));
  if (root === undefined) throw new Error('has no element');
  return root;
}

function parsed(xml: string): readonly ParsedNode[] {
  try {
    return new (xmlLibrary().XMLParser)(options).parse(xml) as readonly ParsedNode[];
  } catch (error) {
    throw notMetadata(error);
  }
}

function nodesOf(nodes: readonly ParsedNode[], lineOf: (node: ParsedNode) => number): XmlNode[] {
  return nodes.flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== attributesName);
    if (name === undefined || name === textName) return [];
    const content = node[name] as readonly ParsedNode[];
    const attributes = (node[attributesName] ?? {}) as Readonly<Record<string, string>>;
    return { name, attributes, line: lineOf(node), text: textOf(content), children: nodesOf(content, lineOf) };
  });
}

function textOf(nodes: readonly ParsedNode[]): string {
  return nodes
    .map((node) => node[textName])
    .filter((text) => typeof text === 'string')
    .join('');
}

/** Returns a function that finds the line in which a parsed node begins. */
function nodeLines(xml: string): (node: ParsedNode) => number {
  const metaData = xmlLibrary().XMLParser.getMetaDataSymbol() as symbol;
  const lineOf = lineFinder(xml);
  return (node) => lineOf((node[metaData] as { readonly startIndex?: number } | undefined)?.startIndex ?? 0);
}

/** Returns a function that finds the line of an index by halving. */
function lineFinder(text: string): (index: number) => number {
  const ends = [...text.matchAll(/\r\n?|\n/g)].map(({ index }) => index);
  return (index) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ends[middle] ?? Infinity) < index) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}

/** Returns the texts of the children of a name, without blanks around them. */
export function textsOf({ children }: XmlNode, name: string): string[] {
  return children.filter((child) => child.name === name).map(({ text }) => text.trim());
}

export function textIn(node: XmlNode, name: string): string | undefined {
  return textsOf(node, name)[0];
}
