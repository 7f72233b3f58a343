import { expect } from 'chai';
import { failureOf } from '../../client/loopback.js';
import { purchase } from '../org/arrayFeed.js';
import { liveWorld, openService } from './liveWorld.js';

describe('transactions that can no longer be turned away', () => {
  it('are stored in their order, or in the report with their reason and their text', async () => {
    await using world = liveWorld();
    const service = await openService(world);
    const broken = { ...purchase('2', 'M1'), journal: { JournalTypeName: 'Accrual' } };
    const foreign = { ...purchase('3', 'M1'), key: 'shop:3' };
    const given = [purchase('1', 'M1'), broken, null, foreign, { ...purchase('4', 'M\ud800') }, purchase('5', 'M1')];
    const results = await Promise.all(given.map((each) => service.take(each)));
    expect(results.map(({ is }) => is)).to.deep.equal([
      ...(['accepted', 'rejected', 'rejected', 'rejected', 'rejected', 'accepted'] as const),
    ]);
    const { ending, counts, reasons } = await service.drain();
    expect(ending).to.equal('complete');
    expect(counts.rows).to.include({ read: 6, used: 2, rejected: 4 });
    expect(reasons.map(({ status, code }) => `${status} ${code}`)).to.have.members([
      ...['rejected missing-value', 'rejected invalid', 'rejected other-source', 'rejected not-utf8'],
    ]);
    expect(world.order('M1')).to.deep.equal(['till:1', 'till:5']);
    const lines = [...world.outbox.runs.lines(service.run)];
    expect(lines.map(({ line, raw }) => [line, JSON.parse(raw ?? '') as unknown])).to.deep.equal([
      ...[2, 3, 4, 5].map((line) => [line, given[line - 1]]),
    ]);
  });

  it('leave it to the one who pushes to hear of a rejection', async () => {
    await using world = liveWorld();
    const service = await openService(world);
    const refused = await failureOf(service.push({ ...purchase('1', 'M1'), key: 'shop:1' }));
    expect(refused).to.include({ name: 'RowRejectedError', reason: 'other-source' });
    expect((await service.drain()).counts.rows.read).to.equal(0);
  });
});
