import { expect } from 'chai';
import { csvFeed, parseMapping } from '../../src/sync/index.js';
import type { Feed, SyncReport } from '../../src/sync/index.js';
import { source } from './org/arrayFeed.js';
import { Life } from './org/life.js';
import { World } from './org/world.js';

const mapping = parseMapping(
  `
source: ${source}
key: { columns: [Member, Item], occurrenceWithinFeed: true }
member: Member
journal:
  ActivityDate: Date
  JournalTypeName: { value: Accrual }
`,
  'map.yml',
);

const lines = [
  'Member,Item,Date',
  ...['A1,TEA', 'B2,TEA', 'A1,TEA', ',CUP', 'A1,CUP', 'B2,TEA', 'A1,TEA'].map((row) => `${row},2026-04-03T08:00:00Z`),
];

/** Each line arrives by itself, and is stored by itself. */
async function* bytes(): AsyncGenerator<Uint8Array> {
  for (const line of lines) yield Buffer.from(`${line}\n`);
}

describe('keys that are numbered in the whole feed', () => {
  const members = ['A1', 'B2'];
  const feeds = (): Feed[] => [csvFeed(bytes(), mapping)];

  it('are the same if the run was killed at any instant', async function () {
    this.timeout(60_000);
    const undisturbed = await run(new Life());
    expect(undisturbed.order).to.deep.equal([
      ['till:A1:TEA:1', 'till:A1:TEA:2', 'till:A1:TEA:3'],
      ['till:B2:TEA:1', 'till:B2:TEA:2'],
    ]);
    expect(undisturbed.report.counts.rows).to.deep.equal({ read: 7, used: 5, skipped: 0, rejected: 2 });
    for (let instant = 1; instant <= undisturbed.life.moments; instant++) {
      const { order, report } = await run(new Life((_, count) => count === instant));
      expect(order, `killed at ${instant}`).to.deep.equal(undisturbed.order);
      expect(report.counts, `killed at ${instant}`).to.deep.equal(undisturbed.report.counts);
    }
  });

  async function run(life: Life): Promise<{ life: Life; order: string[][]; report: SyncReport }> {
    await using world = new World([], { members });
    let report = await Promise.race([world.start({ feeds: feeds() }, life), life.death]);
    while (report === 'died')
      report = await ((await world.outbox.runs.find())
        ? world.resume({ feeds: feeds() })
        : world.start({ feeds: feeds() }));
    return { life, order: members.map((member) => world.order(member)), report };
  }
});
