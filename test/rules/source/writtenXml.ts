import { writeXml } from '../../../src/base/files/writeXml.js';
import type { XmlNode } from '../../../src/base/files/xmlNode.js';

type Arrange = (children: readonly XmlNode[]) => readonly XmlNode[];

/** Writes an element, its children in the order that `arrange` gives them. */
export function writtenXml(node: XmlNode, arrange: Arrange): string {
  return writeXml(arranged(node, arrange));
}

function arranged(node: XmlNode, arrange: Arrange): XmlNode {
  return { ...node, children: arrange(node.children).map((child) => arranged(child, arrange)) };
}

/** Returns a simple generator of numbers, so that one seed gives one order. */
export function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state >>> 8;
  };
}

export function shuffled(children: readonly XmlNode[], next: () => number): XmlNode[] {
  const left = [...children];
  return children.flatMap(() => left.splice(next() % left.length, 1));
}
