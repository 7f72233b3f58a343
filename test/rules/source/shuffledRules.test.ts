import { expect } from 'chai';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { readXmlNode } from '../../../src/base/files/xmlNode.js';
import type { XmlNode } from '../../../src/base/files/xmlNode.js';
import { lintRules, parseProgramRules, RulesSourceError } from '../../../src/rules/index.js';
import { harbourFile } from './harbourRules.js';
import { withoutPlaces } from './rulesOutline.js';
import { numbersFrom, shuffled, writtenXml } from './writtenXml.js';

const root = readXmlNode(readFileSync(harbourFile, 'utf8'));

describe('the order of elements', () => {
  it('means nothing', () => {
    const expected = withoutPlaces(parseProgramRules(readFileSync(harbourFile, 'utf8'), 'rules.xml'));
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const next = numbersFrom(seed);
        const xml = writtenXml(root, (children) => shuffled(children, next));
        expect(withoutPlaces(parseProgramRules(xml, 'rules.xml'))).to.deep.equal(expected);
      }),
      { numRuns: 20 },
    );
  });
});

/** Every text of the file, so that a reference can become one to something else. */
const texts = [...new Set(everyText(root))];

function everyText({ text, children }: XmlNode): string[] {
  return [...(text.trim() === '' ? [] : [text.trim()]), ...children.flatMap(everyText)];
}

/** Leaves out, repeats, or gives another text to about one of 300 elements. */
function mangled(children: readonly XmlNode[], next: () => number): XmlNode[] {
  return children.flatMap((child) => {
    const choice = next() % 900;
    if (choice === 0) return [];
    if (choice === 1) return [child, child];
    if (choice > 2 || child.children.length > 0) return [child];
    return [{ ...child, text: texts[next() % texts.length] ?? '' }];
  });
}

describe('rules that are mangled', () => {
  it('load or are refused with places, and never anything else', () => {
    const refused: number[] = [];
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const next = numbersFrom(seed);
        const xml = writtenXml(root, (children) => mangled(children, next));
        try {
          lintRules(parseProgramRules(xml, 'rules.xml'), '2026-05-01');
        } catch (error) {
          if (!(error instanceof RulesSourceError)) throw error;
          for (const { place } of error.issues) expect(place.line).to.be.within(1, xml.split('\n').length);
          refused.push(error.issues.length);
        }
      }),
      { numRuns: 60 },
    );
    expect(refused).to.have.length.greaterThan(30);
  });
});
