import { XMLParser } from 'fast-xml-parser';
import { mustBeMetadataXml, notMetadata } from './xmlText.js';

/** An element of a metadata file that knows its line. */
export interface XmlElement {
  readonly name: string;
  /** Where it begins. Counted from 1. */
  readonly line: number;
  /** Without blanks around it. */
  readonly text: string;
  readonly children: readonly XmlElement[];
  /** Names of its attributes, without their values. */
  readonly attributes: readonly string[];
}

type Node = Readonly<Record<string | symbol, unknown>>;

const textName = '#text';
const attributesName = ':@';
const metaData = XMLParser.getMetaDataSymbol() as symbol;
const parser = new XMLParser({
  preserveOrder: true,
  captureMetaData: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  htmlEntities: true,
});

/**
 * Returns the root element of a metadata file.
 * @throws {Error} with the reason, as a clause without its subject
 */
export function readXmlElement(xml: string): XmlElement {
  mustBeMetadataXml(xml);
  const lineOf = lineFinder(xml);
  const [root] = elementsOf(parsed(xml), lineOf);
  if (root === undefined) throw new Error('has no element');
  return root;
}

function parsed(xml: string): readonly Node[] {
  try {
    return parser.parse(xml) as readonly Node[];
  } catch (error) {
    throw notMetadata(error);
  }
}

function elementsOf(nodes: readonly Node[], lineOf: (index: number) => number): XmlElement[] {
  return nodes.flatMap((node) => {
    const [name] = Object.keys(node).filter((key) => key !== attributesName);
    if (name === undefined || name === textName) return [];
    const children = node[name] as readonly Node[];
    const { startIndex = 0 } = (node[metaData] ?? {}) as { readonly startIndex?: number };
    return {
      name,
      line: lineOf(startIndex),
      text: textOf(children),
      children: elementsOf(children, lineOf),
      attributes: Object.keys(node[attributesName] ?? {}),
    };
  });
}

function textOf(nodes: readonly Node[]): string {
  const texts = nodes.map((node) => node[textName]).filter((text) => typeof text === 'string');
  return texts.join('').trim();
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
