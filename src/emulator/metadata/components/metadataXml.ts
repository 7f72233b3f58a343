import { XMLParser } from 'fast-xml-parser';
import { mustBeMetadataXml, notMetadata } from '../../../base/files/xmlText.js';

/** An element of metadata, with everything that must be there again when it is retrieved. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Of an element without children. */
  readonly text: string;
  readonly children: readonly XmlNode[];
  /** Where it begins. Counted from 1. */
  readonly line: number;
}

export const metadataNamespace = 'http://soap.sforce.com/2006/04/metadata';

const textName = '#text';
const attributesName = ':@';
const metaData = XMLParser.getMetaDataSymbol() as symbol;
const parser = new XMLParser({
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
});

type ParsedNode = Readonly<Record<string | symbol, unknown>>;

/**
 * Returns the root element.
 *
 * @throws {Error} with the reason, as a clause without its subject
 */
export function readXmlNode(xml: string): XmlNode {
  mustBeMetadataXml(xml);
  const [root] = nodesOf(parsed(xml), lineCounter(xml));
  if (root === undefined) throw new Error('has no element');
  return root;
}

function parsed(xml: string): readonly ParsedNode[] {
  try {
    return parser.parse(xml) as readonly ParsedNode[];
  } catch (error) {
    throw notMetadata(error);
  }
}

function nodesOf(nodes: readonly ParsedNode[], lineOf: (index: number) => number): XmlNode[] {
  return nodes.flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== attributesName);
    if (name === undefined || name === textName) return [];
    const content = node[name] as readonly ParsedNode[];
    const { startIndex = 0 } = (node[metaData] ?? {}) as { readonly startIndex?: number };
    const line = lineOf(startIndex);
    const children = nodesOf(content, lineOf);
    const attributes = (node[attributesName] ?? {}) as Readonly<Record<string, string>>;
    return { name, attributes, line, children, text: children.length > 0 ? '' : textOf(content) };
  });
}

function textOf(nodes: readonly ParsedNode[]): string {
  return nodes
    .map((node) => node[textName])
    .filter((text) => typeof text === 'string')
    .join('');
}

/** Returns a function that finds the line of an index. Indexes must be given in ascending order. */
function lineCounter(text: string): (index: number) => number {
  let line = 1;
  let at = 0;
  return (index) => {
    for (; at < index; at++) if (text.charCodeAt(at) === 0x0a) line += 1;
    return line;
  };
}

/** Makes an element without attributes. */
export function xmlNode(name: string, content: string | readonly XmlNode[]): XmlNode {
  const isText = typeof content === 'string';
  return { name, attributes: {}, text: isText ? content : '', children: isText ? [] : content, line: 1 };
}

/** Returns the texts of the children of a name, without blanks around them. */
export function textsOf({ children }: XmlNode, name: string): string[] {
  return children.filter((child) => child.name === name).map(({ text }) => text.trim());
}

export function textIn(node: XmlNode, name: string): string | undefined {
  return textsOf(node, name)[0];
}

/** Writes a file of metadata as an org does: with four blanks for each level. */
export function metadataFile({ name, attributes, children }: XmlNode): string {
  const root = { name, children, text: '', line: 1, attributes: { xmlns: metadataNamespace, ...attributes } };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writeXml(root)}\n`;
}

/** @param level how far the element is indented */
export function writeXml({ name, attributes, text, children }: XmlNode, level = 0): string {
  const indent = '    '.repeat(level);
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapedXml(value)}"`);
  const open = `${indent}<${name}${given.join('')}>`;
  if (children.length === 0) return `${open}${escapedXml(text)}</${name}>`;
  return [open, ...children.map((child) => writeXml(child, level + 1)), `${indent}</${name}>`].join('\n');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

export function escapedXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
