import { expect } from 'chai';
import fc from 'fast-check';
import { isPrintable, printable, printableJson, printableLines } from '../../src/base/text/printable.js';

/** Characters that control a terminal, or that a person cannot see. */
const obeyed = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/u;

describe('text that would control a terminal', () => {
  for (const [what, text, shown] of [
    ['C0', '\x1b[2J\x07\0', String.raw`\x1b[2J\x07\x00`],
    ['line ends and tabs', 'a\r\nb\tc', String.raw`a\r\nb\tc`],
    ['DEL', 'a\x7f', String.raw`a\x7f`],
    ['C1', '\x9b31mred', String.raw`\u009b31mred`],
    ['characters that change the direction', '\u202egpj.exe\u2066', String.raw`\u202egpj.exe\u2066`],
    ['characters without a width', 'HR\u200b-1\u2060\ufeff\u00ad', String.raw`HR\u200b-1\u2060\ufeff\u00ad`],
    ['a joiner that joins nothing', 'HR\u200d-1', String.raw`HR\u200d-1`],
    ['line and paragraph separators', 'a\u2028b\u2029', String.raw`a\u2028b\u2029`],
    ['characters of the higher planes', 'a\u{e0041}', String.raw`a\u{e0041}`],
    ['a lone surrogate', 'a\ud83d', String.raw`a\ud83d`],
  ] as const) {
    it(`is shown as escapes: ${what}`, () => expect(printable(text)).to.equal(shown));
  }

  for (const text of [
    'Zoë Müller',
    'О’Коннор',
    '王小明',
    'נועה',
    '👩\u200d🚀',
    '❤\ufe0f',
    'می\u200cخواهم',
    'क्\u200dष',
    'a\\b',
  ]) {
    it(`stays unchanged if it is ordinary text: ${text}`, () => expect(printable(text)).to.equal(text));
  }

  it('is always escaped, wherever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = printable(text);
        expect(shown).to.not.match(obeyed);
        expect(isPrintable(shown)).to.be.true;
      }),
    );
  });

  it('cannot begin a line that looks like one of ours', () => {
    expect(printableLines('Refused\n\nTry this:\r\n\x1b[0m')).to.equal(String.raw`Refused

    Try this:
    \x1b[0m`);
  });

  it('is escaped in JSON without changing the value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })), (values) => {
        const json = printableJson(JSON.stringify(values));
        expect(JSON.parse(json)).to.deep.equal(values);
        expect(json).to.not.match(obeyed);
      }),
    );
    expect(printableJson('{\x1b[32m"a\x9b"\x1b[39m\n}')).to.equal('{\x1b[32m"a\\u009b"\x1b[39m\n}');
  });
});
