import { expect } from 'chai';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { readXmlElement } from '../../../src/base/files/xmlElement.js';
import type { XmlElement } from '../../../src/base/files/xmlElement.js';
import { parseProgramRules } from '../../../src/rules/index.js';
import { harbourFile } from './harbourRules.js';
import { withoutPlaces } from './rulesOutline.js';

const root = readXmlElement(readFileSync(harbourFile, 'utf8'));
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Writes an element with its children in an order that the numbers choose. */
function shuffled({ name, text, children }: XmlElement, next: () => number): string {
  const left = [...children];
  let inner = text.replace(/[&<>]/g, (character) => entities[character] ?? '');
  while (left.length > 0) {
    const [child] = left.splice(next() % left.length, 1);
    if (child) inner += `\n${shuffled(child, next)}`;
  }
  return `<${name}>${inner}</${name}>`;
}

/** A simple generator of numbers, so that one seed gives one order. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state >>> 8;
  };
}

describe('the order of elements', () => {
  it('means nothing', () => {
    const expected = withoutPlaces(parseProgramRules(readFileSync(harbourFile, 'utf8'), 'rules.xml'));
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const rules = parseProgramRules(shuffled(root, numbersFrom(seed)), 'rules.xml');
        expect(withoutPlaces(rules)).to.deep.equal(expected);
      }),
      { numRuns: 20 },
    );
  });
});
