import { expect } from 'chai';
import fc from 'fast-check';
import { csvFeed, endedGroupsInMemory, parseMapping } from '../../src/feed/index.js';
import { header, invoiceLines, outcome, readAll, rejections, stream } from './reading.js';
import { damages } from './rowDamages.js';

const mapping = parseMapping(`${invoiceLines}skip: Quantity = '0'\n`, 'map.yml');

function row(invoice: string, code: string, member = 'M1', quantity = '1'): string {
  return `${invoice},${code},${member},1/12/2010,${quantity},1`;
}

async function outcomes(...rows: string[]): Promise<string[]> {
  const entries = await readAll(csvFeed(stream([header, ...rows].join('\n')), mapping));
  return entries.map((entry) => outcome(entry).replace('shop:', ''));
}

describe('the numbers in keys', () => {
  it('count a key within consecutive rows of its group', async () => {
    expect(await outcomes(row('1', 'A'), row('1', 'B'), row('1', 'A'), row('2', 'A'))).to.deep.equal([
      '1:A:1',
      '1:B:1',
      '1:A:2',
      '2:A:1',
    ]);
  });

  it('count rejected and skipped rows too, so that correcting them changes no other key', async () => {
    expect(
      await outcomes(row('1', 'A', ''), row('1', 'A', 'M1', '0'), row('1', 'A', 'M1', 'x'), row('1', 'A')),
    ).to.deep.equal(['missing-member', 'skipped', 'unreadable-number', '1:A:4']);
  });

  it('reject a row whose group has ended, and later rows of the group that it interrupts', async () => {
    const rows = [row('1', 'A'), row('2', 'A'), row('1', 'B'), row('2', 'B'), row('3', 'A')];
    expect(await outcomes(...rows)).to.deep.equal([
      '1:A:1',
      '2:A:1',
      'group-interrupted',
      'group-interrupted',
      '3:A:1',
    ]);
    const [first] = rejections(await readAll(csvFeed(stream([header, ...rows].join('\n')), mapping)));
    expect(first).to.include({ line: 4, column: 'Invoice', value: '1' });
    expect(first!.message).to.equal(
      '- line 4: Invoice "1" has ended above, but its rows must be consecutive; move the row to the others of its group and read the file again.',
    );
  });

  it('are uncertain after a row of the same group without a readable key', async () => {
    const rows = [row('1', 'A'), row('1', ''), row('1', 'A'), row('1', 'B'), row('2', 'A')];
    expect(await outcomes(...rows)).to.deep.equal([
      '1:A:1',
      'missing-key',
      'uncertain-occurrence',
      'uncertain-occurrence',
      '2:A:1',
    ]);
    const [, second] = rejections(await readAll(csvFeed(stream([header, ...rows].join('\n')), mapping)));
    expect(second!.message).to.equal(
      '- line 4: Invoice "1" may include line 3, whose key cannot be read, so this row cannot be counted; correct that line and read the file again.',
    );
  });

  it('are uncertain only for keys that the row might turn out to have', async () => {
    expect(await outcomes(row('1', 'A'), row('', 'A'), row('1', 'A'), row('1', 'B'))).to.deep.equal([
      '1:A:1',
      'missing-key',
      'uncertain-occurrence',
      '1:B:1',
    ]);
    expect(await outcomes(row('1', 'A'), `"${row('1', 'AB')}`, row('1', 'AB'), row('1', 'C'))).to.deep.equal([
      '1:A:1',
      'malformed-row',
      'uncertain-occurrence',
      '1:C:1',
    ]);
  });

  it('are uncertain after a line that was cut off before the end of its key', async () => {
    expect(await outcomes(row('1', 'A'), '1,A,M1', row('1', 'A'), row('1', 'AB'))).to.deep.equal([
      '1:A:1',
      'malformed-row',
      'uncertain-occurrence',
      '1:AB:1',
    ]);
    expect(await outcomes(row('1', 'A'), '1', row('1', 'B'))).to.deep.equal([
      '1:A:1',
      'malformed-row',
      'uncertain-occurrence',
    ]);
  });

  it('are uncertain in a group that may have begun with an unreadable row', async () => {
    expect(await outcomes(row('1', 'A'), row('', 'B'), row('2', 'A'), row('2', 'B'), row('3', 'B'))).to.deep.equal([
      '1:A:1',
      'missing-key',
      '2:A:1',
      'uncertain-occurrence',
      '3:B:1',
    ]);
  });

  it('are not uncertain after a skipped row without a key', async () => {
    expect(await outcomes(row('1', 'A'), row('', '', '', '0'), row('1', 'A'))).to.deep.equal([
      '1:A:1',
      'skipped',
      '1:A:2',
    ]);
  });

  it('are not needed if a key does not repeat', async () => {
    const plain = parseMapping(invoiceLines.replace(/key: .*/, 'key: [Invoice, Code]'), 'map.yml');
    const text = [header, row('1', 'A'), '1', row('2', 'A'), row('1', 'B')].join('\n');
    expect((await readAll(csvFeed(stream(text), plain))).map(outcome)).to.deep.equal([
      'shop:1:A',
      'malformed-row',
      'shop:2:A',
      'shop:1:B',
    ]);
  });

  it('ask for a group only when it begins, and report it only when it has ended', async () => {
    const asked: string[] = [];
    const ended: string[] = [];
    const endedGroups = {
      has: (group: string) => (asked.push(group), false),
      add: (group: string) => ended.push(group),
    };
    const rows = [row('1', 'A'), row('1', 'B'), row('2', 'A'), row('2', 'A'), row('3', 'A')];
    await readAll(csvFeed(stream([header, ...rows].join('\n')), mapping), { endedGroups });
    expect(asked).to.deep.equal(['1', '2', '3']);
    expect(ended).to.deep.equal(['1', '2']);
  });

  it('never change when a bad row is corrected', async () => {
    const line = fc.record({
      code: fc.constantFrom('A', 'B', 'AB'),
      damage: fc.oneof(
        { weight: 3, arbitrary: fc.constant('none') },
        { weight: 2, arbitrary: fc.constantFrom(...Object.keys(damages)) },
      ),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(line, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 }),
        async (invoices) => {
          const rows = invoices.flatMap((lines, index) =>
            lines.map(({ code, damage }) => ({ cells: [`I${index}`, code, 'M1', '1/12/2010', '1', '1'], damage })),
          );
          const corrected = await outcomes(...rows.map(({ cells }) => cells.join(',')));
          const damaged = await outcomes(...rows.map(({ cells, damage }) => damages[damage]!(cells)));
          expect(damaged).to.have.lengthOf(rows.length);
          for (const [index, found] of damaged.entries()) {
            if (found.includes(':')) expect(found).to.equal(corrected[index]);
            if (rows[index]!.damage === 'none') expect(found).not.to.match(/^(missing|malformed|group)/);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('are all different', async () => {
    const pair = fc.tuple(fc.constantFrom('1', '2', '3'), fc.constantFrom('A', 'a', 'B'));
    await fc.assert(
      fc.asyncProperty(fc.array(pair, { maxLength: 30 }), async (pairs) => {
        const entries = await readAll(
          csvFeed(stream([header, ...pairs.map(([invoice, code]) => row(invoice, code))].join('\n')), mapping),
          {
            endedGroups: endedGroupsInMemory(),
          },
        );
        const keys = entries.filter((entry) => entry.kind === 'transaction').map(outcome);
        expect(new Set(keys).size).to.equal(keys.length);
      }),
    );
  });
});
