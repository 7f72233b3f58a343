import { expect } from 'chai';
import fc from 'fast-check';
import { inLists, soqlPrefix, soqlText } from '../../src/client/index.js';
import { encodedSoql } from '../../src/client/query/soql.js';

/** Reads a literal like the org, according to the guide's table of escape sequences. */
function unescaped(literal: string): string {
  const meanings: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  expect(literal).to.match(/^'(?:[^'\\]|\\.)*'$/s);
  return literal.slice(1, -1).replace(/\\(.)/gs, (_, character: string) => meanings[character] ?? character);
}

describe('SOQL literals', () => {
  it('escape characters that would end or change them', () => {
    expect(soqlText("O'Hara")).to.equal("'O\\'Hara'");
    expect(soqlText("\\' OR Name != '")).to.equal("'\\\\\\' OR Name != \\''");
    expect(soqlText('a\nb\tc\rd\be\f')).to.equal("'a\\nb\\tc\\rd\\be\\f'");
  });

  it('keep the value, whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (value) => unescaped(soqlText(value)) === value));
  });

  it('treat wildcards in a prefix as ordinary characters', () => {
    expect(soqlPrefix("100%_off\\'")).to.equal("'100\\%\\_off\\\\\\'%'");
  });
});

describe('lists for IN', () => {
  it('hold each value once', () => {
    expect(inLists(['a', 'b', 'a'])).to.deep.equal(["('a','b')"]);
    expect(inLists([])).to.deep.equal([]);
  });

  it('hold every value, and stay below the limit when encoded', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 12 })),
        fc.integer({ min: 140, max: 400 }),
        (values, limit) => {
          const lists = inLists(values, limit);
          const literals = lists.flatMap((list) => list.slice(1, -1).match(/'(?:[^'\\]|\\.)*'/gs) ?? []);
          expect(new Set(literals.map(unescaped))).to.deep.equal(new Set(values));
          for (const list of lists.filter((candidate) => candidate.includes("','"))) {
            expect(encodedSoql(list).length).to.be.at.most(limit);
          }
        },
      ),
    );
  });

  it('give a separate list to a value that is too long', () => {
    const long = 'x'.repeat(50);
    expect(inLists(['a', long, 'b'], 40)).to.deep.equal(["('a')", `('${long}')`, "('b')"]);
  });

  it('leave room for everything else in 16,384 bytes', () => {
    const [list = ''] = inLists(Array.from({ length: 5000 }, (_, index) => `till9:${index}`));
    const url = new URL(`https://harbour.my.salesforce.com/services/data/v66.0/query?q=${encodedSoql(list)}`);
    expect(url.href.length).to.be.within(8000, 8300);
  });
});
