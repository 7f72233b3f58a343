import { expect } from 'chai';
import { ndjsonFeed, parseMapping } from '../../src/sync/index.js';
import type { Feed } from '../../src/sync/index.js';
import { source } from './org/arrayFeed.js';
import { expectToAddUp } from './org/counts.js';
import { World } from './org/world.js';

const mapping = parseMapping(
  `
source: ${source}
key: id
member: member
journal:
  ActivityDate: at
  JournalTypeName: { value: Accrual }
journals:
  - name: sale
    journal:
      TransactionAmount: { number: amount }
  - name: points
    when: $exists(points)
    journal:
      TransactionAmount: { number: points }
      Item__c: { expression: note }
`,
  'map.yml',
);

function feed(...rows: object[]): Feed {
  const text = rows.map((row) => `${JSON.stringify({ member: 'A1', at: '2026-04-03T08:00:00Z', ...row })}\n`).join('');
  return ndjsonFeed(
    (async function* () {
      yield Buffer.from(text);
    })(),
    mapping,
  );
}

describe('a run whose rows become several journals', () => {
  it('counts rows and transactions, delivers all in order, and knows them again', async () => {
    await using world = new World([], { members: ['A1'] });
    const rows = [
      { id: 1, amount: 3, points: 20, note: 'tea' },
      { id: 2, amount: 4 },
      { id: 3, amount: 5, points: 'x' },
      { id: '\ud83d', amount: 5 },
      { id: 1, amount: 3, points: 30 },
    ];
    const { counts, ending } = await world.start({ feeds: [feed(...rows)] });
    expect(ending).to.equal('complete');
    expectToAddUp(counts, { several: true });
    expect(counts.rows).to.deep.equal({ read: 5, used: 3, skipped: 0, rejected: 2 });
    expect(counts.transactions).to.include({ made: 5, new: 3, repeated: 1, conflict: 1 });
    expect(world.order('A1')).to.deep.equal(['till:1:sale', 'till:1:points', 'till:2:sale']);
    const again = await world.start({ feeds: [feed(...rows.slice(0, 2))] });
    expect(again.counts.transactions).to.include({ made: 3, known: 3 });
    expect(again.counts.rows).to.include({ read: 2, used: 2 });
  });

  it('notes a field that was left out in all of them', async () => {
    await using world = new World([], { members: ['A1'] });
    const { notes } = await world.start({ feeds: [feed({ id: 1, amount: 3, points: 20 })] });
    expect(notes.map(({ message }) => message).join(' ')).to.include('Item__c was left out in all 2 transactions of -');
  });
});
