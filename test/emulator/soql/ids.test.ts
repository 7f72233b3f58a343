import { expect } from 'chai';
import * as fc from 'fast-check';
import { isId, keyPrefixOf, to18 } from '../../../src/emulator/store/ids/recordIds.js';

describe('record ids', () => {
  it('get a suffix that encodes upper case', () => {
    expect(to18('001D000000IqhSL')).to.equal('001D000000IqhSLIAZ');
    expect(to18('000000000000000')).to.equal('000000000000000AAA');
    expect(to18('ABCDEABCDEABCDE')).to.equal('ABCDEABCDEABCDE555');
  });

  it('do not change if they have 18 characters', () => {
    expect(to18('001D000000IqhSLIAZ')).to.equal('001D000000IqhSLIAZ');
    expect(keyPrefixOf('0lV9z000000001AEAQ')).to.equal('0lV');
  });

  it('with a suffix, differ even if case is ignored', () => {
    const id = fc.stringMatching(/^[a-c]{15}$/);
    fc.assert(
      fc.property(id, id, fc.bigInt({ min: 0n, max: 32_767n }), (left, right, bits) => {
        const mixed = Array.from(right, (letter, index) =>
          (bits >> BigInt(index)) & 1n ? letter.toUpperCase() : letter,
        );
        const sameLetters = to18(left).toLowerCase() === to18(mixed.join('')).toLowerCase();
        expect(sameLetters).to.equal(left === mixed.join(''));
      }),
    );
  });

  it('are 15 or 18 letters and digits', () => {
    for (const text of ['', 'abc', '001D000000Iqh-L', '001D000000IqhSLI', '001D000000IqhSLIAZ0']) {
      expect(isId(text), text).to.equal(false);
    }
    expect(isId('001D000000IqhSL')).to.equal(true);
  });
});
