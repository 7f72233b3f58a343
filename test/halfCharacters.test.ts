import { expect } from 'chai';
import { NdjsonReader } from '../src/base/ndjson.js';
import { encodedSoql, soqlText } from '../src/client/query/soql.js';
import { exitCode } from '../src/sync/index.js';
import { externalTransactionNumber } from '../src/transaction.js';
import { purchase } from './sync/org/arrayFeed.js';
import { World } from './sync/org/world.js';

describe('half a character: a surrogate without the other one', () => {
  it('stands in no number, wherever a long key is cut', () => {
    const keys = Array.from({ length: 4 }, (_, blanks) => `till:${'x'.repeat(blanks)}${'😀'.repeat(40)}`);
    const numbers = keys.flatMap((key) => [40, 41, 80].map((length) => externalTransactionNumber(key, length)));
    expect(numbers.filter((number) => !number.isWellFormed() || number.length > 80)).to.deep.equal([]);
    expect(new Set(numbers).size).to.equal(numbers.length);
  });

  it('stands in no number of a key that has one, and a whole character stays as it is', () => {
    const halves = ['till:\ud83d', 'till:\ude00', 'till:\ud83d\ude00'].map((key) => externalTransactionNumber(key, 40));
    expect(halves.every((number) => number.isWellFormed())).to.equal(true);
    expect(halves[2]).to.equal('till:😀');
  });

  it('is no reason to fail for a query', () => {
    expect(encodedSoql(soqlText('A\ud83d'))).to.equal('%27A%EF%BF%BD%27');
  });

  it('a run with such keys comes to its end, and holds nobody else up', async () => {
    const rows = [purchase(`x${'😀'.repeat(40)}`, 'A1'), purchase('😀'.repeat(40), 'B2'), purchase('3', 'B2')];
    await using world = new World(rows);
    expect((await world.start()).ending).to.equal('complete');
    await world.freshOutbox();
    const report = await world.start({ emptyOutbox: 'lookup' });
    expect({ ending: report.ending, found: report.counts.items.found }).to.deep.equal({ ending: 'complete', found: 3 });
  });

  it('is rejected in a key of a feed of a library user: two such keys would become one', async () => {
    await using world = new World([purchase('a\ud83d', 'A1'), purchase('a\ude00', 'A1'), purchase('b', 'A1')]);
    const report = await world.start();
    const { read, rejected } = report.counts.rows;
    expect({ read, rejected, code: exitCode(report) }).to.deep.equal({ read: 3, rejected: 2, code: 68 });
  });

  for (const [line, issue] of [
    ['{"key":"\\ud83d"}', 'not-utf8'],
    ['{"a":{"b":["\\uDE00\\ud83d"]}}', 'not-utf8'],
    ['{"key":"\\ud83d\\ude00"}', undefined],
    ['{"key":"\\\\ud83d"}', undefined],
  ] as const) {
    it(`${line} in a feed is ${issue ?? 'a row'}`, () => {
      const reader = new NdjsonReader({ limits: { maxLines: 1, maxBytes: 1000 } });
      const rows = [...reader.push(Buffer.from(line)), ...reader.end()];
      expect(rows.map((row) => row.issue?.code)).to.deep.equal([issue]);
    });
  }
});
