import type { XmlElement } from '../../../src/base/files/xmlElement.js';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Writes an element, its children in the order that `arrange` gives them. */
export function writtenXml(
  { name, text, children }: XmlElement,
  arrange: (children: readonly XmlElement[]) => readonly XmlElement[],
): string {
  const inner = arrange(children).map((child) => `\n${writtenXml(child, arrange)}`);
  return `<${name}>${text.replace(/[&<>]/g, (character) => entities[character] ?? '')}${inner.join('')}</${name}>`;
}

/** Returns a simple generator of numbers, so that one seed gives one order. */
export function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state >>> 8;
  };
}

export function shuffled(children: readonly XmlElement[], next: () => number): XmlElement[] {
  const left = [...children];
  return children.flatMap(() => left.splice(next() % left.length, 1));
}
