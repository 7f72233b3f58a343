import { expect } from 'chai';
import fc from 'fast-check';
import { JsonNumber, NdjsonReader } from '../../src/base/ndjson.js';
import type { NdjsonRow } from '../../src/base/ndjson.js';

function readAll(chunks: readonly Uint8Array[], maxBytes = 1000): object[] {
  const reader = new NdjsonReader({ limits: { maxLines: 1, maxBytes } });
  const rows: NdjsonRow[] = [...chunks.flatMap((chunk) => reader.push(chunk)), ...reader.end()];
  return rows.map((row) => {
    const { value, issue, start, next } = row;
    return { value, issue: issue?.code, start, next, raw: row.raw() };
  });
}

function read(text: string): object[] {
  return readAll([Buffer.from(text)]);
}

describe('NdjsonReader', () => {
  it('reads an object per line with its place, over a byte-order mark, blank lines and CRLF', () => {
    expect(read('\ufeff{"a":1}\r\n \n{"a":"é"}')).to.deep.equal([
      {
        value: { a: 1 },
        issue: undefined,
        start: { offset: 3, line: 1 },
        next: { offset: 12, line: 2 },
        raw: '{"a":1}',
      },
      {
        value: { a: 'é' },
        issue: undefined,
        start: { offset: 14, line: 3 },
        next: { offset: 24, line: 3 },
        raw: '{"a":"é"}',
      },
    ]);
  });

  it('keeps the digits of numbers that a binary float would change', () => {
    const [row] = read('{"a":12345678901234567890,"b":0.10,"c":1e2,"d":1.5}') as { value: Record<string, unknown> }[];
    expect(row!.value['a']).to.be.instanceOf(JsonNumber).with.property('source', '12345678901234567890');
    expect(row!.value['b']).to.have.property('source', '0.10');
    expect(row!.value['c']).to.have.property('source', '1e2');
    expect(row!.value['d']).to.equal(1.5);
    expect(String(row!.value['b'])).to.equal('0.10');
  });

  for (const text of ['{"a":-0}', '{"a":[0.10]}', '{"a":{"b":1e1}}', '{"a":"1:00","b": 1.0}'])
    it(`keeps the number in ${text}`, () => {
      const [row] = read(text) as { value: object }[];
      const shown = JSON.stringify(row!.value, (_, value: unknown) =>
        value instanceof JsonNumber ? value.source : value,
      );
      expect(shown.replaceAll('"', '')).to.equal(text.replaceAll(/[" ]/g, ''));
    });

  it('keeps every number as it is written', () => {
    const digits = fc.string({ unit: fc.constantFrom('0', '0', '1', '5', '9'), maxLength: 20 });
    const number = fc
      .tuple(fc.constantFrom('', '-'), digits, fc.constantFrom('', '.'), digits, fc.constantFrom('', '', 'e1', 'E-7'))
      .map((parts) => parts.join(''))
      .filter((text) => /^-?(0|[1-9]\d*)(\.\d+)?(e-?\d+)?$/i.test(text));
    const space = fc.constantFrom('', ' ', '\t');
    fc.assert(
      fc.property(fc.array(fc.tuple(space, number, space)), (numbers) => {
        const texts = numbers.map((parts) => parts.join(''));
        const object = `{${texts.map((text, index) => `"${index}" :${text}`).join(',')}}`;
        const [row] = read(`{"a":${object},"b":[${texts.join(',')}]}`) as { value: { a: object; b: unknown[] } }[];
        const [inObject] = read(`{"a":"1:00, 2","c":${object}}`) as { value: { c: object } }[];
        for (const found of [Object.values(row!.value.a), row!.value.b, Object.values(inObject!.value.c)])
          expect(found.map(String)).to.deep.equal(texts.map((text) => text.trim()));
      }),
      { numRuns: 2000 },
    );
  });

  it('reports lines that are not objects, and continues', () => {
    const rows = read('{"a":1\n[1]\n12\nnull\n{"a":2}\n') as { issue?: string; raw: string }[];
    expect(rows.map(({ issue, raw }) => [issue, raw])).to.deep.equal([
      ['not-json', '{"a":1'],
      ['not-json', '[1]'],
      ['not-json', '12'],
      ['not-json', 'null'],
      [undefined, '{"a":2}'],
    ]);
  });

  it('reports lines that are not UTF-8, and lines that are too long', () => {
    const bad = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from('"}\n')]);
    const long = Buffer.from(`{"a":"${'x'.repeat(2000)}"}\n{"a":1}\n`);
    const rows = readAll([bad, long]) as { issue?: string }[];
    expect(rows.map(({ issue }) => issue)).to.deep.equal(['not-utf8', 'too-long', undefined]);
  });

  it('gives the same rows however the bytes are split', () => {
    const piece = fc.constantFrom('{"a":1}', '\n', '\r\n', '{', '"é"', ' ', '{"b":"😀"}\n', 'x'.repeat(30));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.nat(), (pieces, cut) => {
        const bytes = Buffer.from(pieces.join(''));
        const place = cut % (bytes.length + 1);
        const whole = readAll([bytes], 40);
        expect(readAll([bytes.subarray(0, place), bytes.subarray(place)], 40)).to.deep.equal(whole);
        expect(
          readAll(
            [...bytes].map((byte) => Buffer.from([byte])),
            40,
          ),
        ).to.deep.equal(whole);
      }),
    );
  });
});
