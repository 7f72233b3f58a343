import { expect } from 'chai';
import { csvFeed, parseMapping } from '../../src/feed/index.js';
import type { Feed } from '../../src/feed/index.js';
import { makeReport } from '../../src/sync/index.js';
import { failureOf } from '../client/loopback.js';
import { purchases, source } from './org/arrayFeed.js';
import { World } from './org/world.js';

const members = ['A1', 'B2', 'C3'];
const count = 1500;
/** Rows for which the regular expression never ends. */
const bad = [1201, 1300];

/** Returns a feed. @param expression of the item */
function feedOf(expression: string): Feed {
  const mapping = parseMapping(
    `source: ${source}
key: Id
member: Member
journal:
  ActivityDate: Date
  JournalTypeName: { value: Accrual }
  TransactionAmount: { value: 3.00 }
  Item__c: { expression: '${expression}' }
`,
    'map.yml',
  );
  const rows = Array.from({ length: count }, (_, index) => {
    const item = bad.includes(index + 1) ? `${'a'.repeat(60)}!` : 'coffee';
    return `${index + 1},${members[index % members.length]},2026-04-03T08:00:00Z,${item}\n`;
  });
  async function* stream(): AsyncIterable<string> {
    yield `Id,Member,Date,Item\n${rows.join('')}`;
  }
  const feed = csvFeed(stream(), mapping);
  return { ...feed, read: (options) => feed.read({ ...options, expressionLimits: { seconds: 1, rows: 2 } }) };
}

describe('a run whose mapping has an expression that never ends', () => {
  it('fails with a specific error; rows before it are stored, and a corrected mapping sends each once', async () => {
    await using world = new World(purchases(3, members));
    const error = await failureOf(world.start({ feeds: [feedOf('$match(Item, /^(a+)+$/) ? "bad" : Item')] }));
    expect((error as Error).message).to.equal(
      'map.yml line 8: `journal.Item__c` is an expression that did not end within 1 second, and after 2 such rows ' +
        '(-, lines 1202, 1301) no more are tried.',
    );
    const run = await world.outbox.runs.find();
    const report = await makeReport(world.outbox, run!);
    expect(report.ending).to.equal('failed');
    expect(report.counts.rows).to.deep.equal({ read: 1300, used: 1298, skipped: 0, rejected: 2 });
    // What was read leaves while the rest is being read.
    const { done, ready } = report.counts.items;
    expect(done + ready).to.equal(1298);
    const rejected = report.reasons.find(({ status }) => status === 'rejected');
    expect(rejected).to.include({ code: 'expression-stopped', count: 2 });

    const corrected = await world.start({ feeds: [feedOf('Item = "coffee" ? Item : "other"')] });
    expect(corrected.ending).to.equal('complete');
    expect(corrected.counts.rows).to.deep.equal({ read: count, used: count, skipped: 0, rejected: 0 });
    expect(corrected.counts.transactions).to.include({ new: 202 });
    const sent = world.org.executions.flatMap(({ journals }) => journals.map(({ number }) => number));
    expect(sent).to.have.lengthOf(count);
    expect(new Set(sent).size).to.equal(count);
  });
});
