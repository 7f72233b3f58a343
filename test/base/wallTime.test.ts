import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { parserOf } from '../../src/base/text/dateText.js';
import { numericFormat } from '../../src/base/text/wallTime.js';

const formats = [
  'd/M/yyyy HH:mm',
  'dd.MM.yyyy',
  'M/d/yyyy H:m:s',
  'yyyyMMdd',
  'yyyy-MM-dd HH:mm:ss',
  'd-M-yyyy, HH.mm',
];

/** Numbers of one to four digits, mostly those of dates, with punctuation. */
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom('/', '-', '.', ':', ' ', ', ', '2026', '2024', '0099', '1900', '2000'),
      fc.integer({ min: 0, max: 61 }).map(String),
      fc.integer({ min: 0, max: 61 }).map((number) => String(number).padStart(2, '0')),
    ),
    { maxLength: 11 },
  )
  .map((pieces) => pieces.join(''));

/** Texts that have the form of a format, with numbers that are nearly right. */
function fitting(format: string): fc.Arbitrary<string> {
  const number = (piece: string): fc.Arbitrary<string> => {
    if (piece.startsWith('y')) return fc.constantFrom('2026', '2024', '1900', '2000', '0099', '0100');
    return fc.integer({ min: 0, max: 62 }).map((value) =>
      String(value % (62 - value / 2))
        .slice(0, 2)
        .padStart(piece.length, '0'),
    );
  };
  return fc
    .tuple(
      ...(format.match(/([a-z])\1*|[^a-z]/gi) ?? []).map((piece) =>
        /\w/.test(piece) ? number(piece) : fc.constant(piece),
      ),
    )
    .map((pieces) => pieces.join(''));
}

describe('dates of numbers', () => {
  for (const format of formats)
    it(`are what Luxon reads in the format ${format}`, () => {
      const read = numericFormat(format)!;
      let compared = 0;
      fc.assert(
        fc.property(fc.oneof(fitting(format), texts), (text) => {
          const luxon = DateTime.fromFormat(text, format, { zone: 'utc' });
          const wall = read(text);
          if (wall !== undefined) compared++;
          // 24:00, and years that Date.UTC would take for others, are left to Luxon.
          if (wall === undefined) expect(!luxon.isValid || luxon.year < 100 || /24/.test(text), text).to.equal(true);
          else expect(luxon.isValid && luxon.toMillis(), text).to.equal(wall);
        }),
        { numRuns: 2000 },
      );
      expect(compared).to.be.greaterThan(20);
    });

  for (const format of [
    'dd LLL yyyy',
    "d/M/yyyy 'at' HH:mm",
    'd/M/yy',
    'd/M/yyyy h:mm a',
    'HH:mm',
    'd/M/yyyy dd',
    'yyyy-MM-ddTHH:mm',
    'd/M/yyyy HH:mm ZZ',
  ])
    it(`leaves the format ${format} to Luxon`, () => expect(numericFormat(format)).to.equal(undefined));

  it('are what Luxon reads in ISO 8601', () => {
    const two = fc.integer({ min: 0, max: 62 }).map((value) => String(value % 61).padStart(2, '0'));
    const iso = fc
      .tuple(
        fitting('yyyy-MM-dd'),
        fc.constantFrom('T', ' ', 't'),
        two,
        two,
        fc.constantFrom('', ':07', ':59', ':60', ':07.5', ':07,123', ':07.999999999', ':00.0019'),
        fc.constantFrom('', 'Z', 'z', ' Z', '+02:00', '-0030', '+14:00', '-00:00', ' +0545', '+99:99'),
      )
      .map(([day, t, hour, minute, rest, offset]) => `${day}${t}${hour}:${minute}${rest}${offset}`);
    const read = parserOf(undefined);
    fc.assert(
      fc.property(fc.oneof(iso, fitting('yyyy-MM-dd')), (text) => {
        const luxon = DateTime.fromISO(text.replace(/[ ](?=\d)/, 'T').replace(' ', ''), { setZone: true, zone: 'utc' });
        const written = read(text);
        const wall = luxon.isValid ? luxon.toMillis() + luxon.offset * 60_000 : undefined;
        expect('issue' in written ? undefined : written.wall, text).to.equal(wall);
        if ('wall' in written && written.offset !== undefined) expect(written.offset).to.equal(luxon.offset);
        if ('wall' in written)
          expect(written.offset === undefined, text).to.equal(!/(z|[+-]\d\d:?\d\d)$/i.test(text.slice(10)));
      }),
      { numRuns: 5000 },
    );
  });
});
