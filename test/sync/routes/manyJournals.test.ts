import { expect } from 'chai';
import type { Clock } from '../../../src/base/clock.js';
import { LocalWorld, sale, sales } from './localWorld.js';

/** More than a query returns in one call. */
const many = 2050;
const members = Array.from({ length: 1025 }, (_, index) => `M${index}`);
/** A clock on which no second has more journals than a query returns, however fast the machine is. */
function slowClock(): Clock {
  let time = Date.parse('2026-05-01T08:00:00Z');
  return { now: () => (time += 1), sleep: () => Promise.resolve() };
}

const page = 'GET /services/data/:version/query/:locator';

describe('the count of a source with more journals than a query returns at once', () => {
  it('is taken at the end of a run without reading them, and finds a rival afterwards', async () => {
    await using world = await LocalWorld.open(sales(many, members), { clock: slowClock() });
    const { emulator } = world.org;
    expect((await world.start({ batchSize: 1000 })).counts.items.done).to.equal(many);
    expect(emulator.requests.toObject()).to.not.have.property(page);

    const [first] = emulator.store.find('TransactionJournal', { ExternalTransactionNumber: 'till:1' });
    emulator.store.insert('TransactionJournal', {
      ...{ MemberId: first?.['MemberId'], LoyaltyProgramId: world.org.program.id, Status: 'Processed' },
      ...{ JournalTypeId: first?.['JournalTypeId'], ActivityDate: first?.['ActivityDate'] },
      ExternalTransactionNumber: 'till:of-a-rival',
    });
    const { notes } = await world.start({ feeds: [] });
    expect(notes.map(({ code }) => code)).to.include('outbox-not-newest');
  });

  it('reads them if the org has others, too, whose source differs in case only', async () => {
    await using world = await LocalWorld.open(sales(many, members), { clock: slowClock() });
    const { emulator } = world.org;
    await world.start({ batchSize: 1000, feeds: [] });
    const [type] = emulator.store.find('JournalType', {});
    const [member] = emulator.store.find('LoyaltyProgramMember', {});
    emulator.store.insert('TransactionJournal', {
      ...{ MemberId: member?.Id, LoyaltyProgramId: world.org.program.id, JournalTypeId: type?.Id },
      ...{ ActivityDate: sale(1, '').journal.ActivityDate, Status: 'Processed' },
      ExternalTransactionNumber: 'TILL:1',
    });
    const report = await world.start({ batchSize: 1000 });
    expect([report.ending, report.counts.items.done]).to.deep.equal(['complete', many]);
    expect(emulator.requests.toObject()).to.have.property(page);
  });
});
