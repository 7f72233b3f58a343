import { escapedXml } from '../text/escapedXml.js';
import type { XmlNode } from './xmlNode.js';

const metadataNamespace = 'http://soap.sforce.com/2006/04/metadata';

/** Makes an element without attributes. */
export function xmlNode(name: string, content: string | readonly XmlNode[]): XmlNode {
  const isText = typeof content === 'string';
  return { name, attributes: {}, text: isText ? content : '', children: isText ? [] : content, line: 1 };
}

/** Writes a file of metadata as an org does: with four blanks for each level. */
export function metadataFile({ name, attributes, children }: XmlNode): string {
  const root = { name, children, text: '', line: 1, attributes: { xmlns: metadataNamespace, ...attributes } };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writeXml(root)}\n`;
}

/**
 * Writes an element with its children, or else with its text.
 *
 * @param level how far the element is indented
 */
export function writeXml({ name, attributes, text, children }: XmlNode, level = 0): string {
  const indent = '    '.repeat(level);
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapedXml(value)}"`);
  const open = `${indent}<${name}${given.join('')}>`;
  if (children.length === 0) return `${open}${escapedXml(text)}</${name}>`;
  return [open, ...children.map((child) => writeXml(child, level + 1)), `${indent}</${name}>`].join('\n');
}
