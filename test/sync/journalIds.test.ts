import { expect } from 'chai';
import { purchases } from './org/arrayFeed.js';
import { ok } from './org/answers.js';
import type { Execution } from './org/fakeOrg.js';
import { World } from './org/world.js';

const members = ['A1', 'B2', 'C3', 'D4'];

/** Ids that the org returns instead of those of its journals, by position in the request. */
const falseIds: Record<string, (index: number) => string> = {
  'is one of another object': (index) => `0lM00000000000${index}AAA`,
  'is none at all': (index) => `0lV-${index}\u001b[31m`,
  'is that of another journal in the same answer': () => '0lV000000000001AAA',
};

describe('the Id of a journal in an answer', () => {
  for (const [what, idOf] of Object.entries(falseIds)) {
    it(`that ${what} is not believed, but looked up`, async () => {
      await using world = new World(purchases(8, members));
      world.org.fate = (execution) => ({ ...world.org.honest(execution), answer: answered(execution, idOf) });
      const report = await world.start({ batchSize: 4 });
      expect(report.counts.items).to.include({ done: 8 });
      const stored = new Map(world.org.tables.journals.map(({ number, id }) => [number, id]));
      const told = [...world.outbox.runs.items(report.run, ['done'])].map(({ key, journalId }) => [key, journalId]);
      expect(new Map(told as [string, string][])).to.deep.equal(stored);
    });
  }

  it('that belongs to another key is corrected when the org is asked anyway: after the first request', async () => {
    await using world = new World(purchases(1, ['A1']));
    world.org.hold({ number: 'other:1', member: 'A1', status: 'Processed' });
    const [other] = world.org.tables.journals;
    world.org.fate = (execution) => ({
      ...world.org.honest(execution),
      answer: answered(execution, () => other?.id ?? ''),
    });
    const report = await world.start();
    const [item] = [...world.outbox.runs.items(report.run, ['done'])];
    expect(item?.journalId).to.equal(world.org.tables.journals.find(({ number }) => number === 'till:1')?.id);
  });
});

function answered({ journals }: Execution, idOf: (index: number) => string) {
  const transactionJournalResult = journals.map(({ member }, index) => ({
    id: idOf(index),
    changeInMemberPoints: [{ memberShipNumber: member }],
  }));
  return ok({ status: true, processResult: { transactionJournalResult } });
}
