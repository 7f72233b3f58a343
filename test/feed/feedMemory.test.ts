import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { csvFeed, endedGroupsInMemory, parseMapping } from '../../src/feed/index.js';
import { header, invoiceLines } from './reading.js';

const rows = 2000;
const bytesOfRow = 20_000;

/** Members, groups and dates of 13 and more characters are cut out of the text of their line. */
function* wideRows(): Generator<string> {
  yield `${header},Note\n`;
  for (let row = 0; row < rows; row++) {
    const number = String(row).padStart(18, '0');
    const date = new Date(Date.UTC(2020, 0, 1, 0, row)).toISOString();
    yield `${number},A,${number},${date},1,1,${'x'.repeat(bytesOfRow)}\n`;
  }
}

function usedBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

describe('the memory of a feed', () => {
  it('does not grow with the width of rows whose members, groups and dates are remembered', async () => {
    const mapping = parseMapping(invoiceLines.replace(', format: d/M/yyyy, zone: Europe/London', ''), 'shop.yml');
    const endedGroups = endedGroupsInMemory();
    const members = new Set<string>();
    const before = usedBytes();
    let used = Infinity;
    for await (const { entries } of csvFeed(Readable.from(wideRows()), mapping).read({ endedGroups })) {
      for (const entry of entries) if (entry.kind === 'transaction') members.add(entry.transaction.member);
      // While the feed is being read, it remembers dates.
      if (members.size > rows - 100 && used === Infinity) used = usedBytes() - before;
    }
    expect(members.size).to.equal(rows);
    expect(endedGroups.has(String(rows - 2).padStart(18, '0'))).to.equal(true);
    expect(used).to.be.below((rows * bytesOfRow) / 4);
  });
});
