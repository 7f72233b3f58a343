import { expect } from 'chai';
import { exitCode, planSync } from '../../src/sync/index.js';
import { expectToAddUp } from './org/counts.js';
import { purchase, purchases } from './org/arrayFeed.js';
import { World } from './org/world.js';

const hold = { unknownMembers: 'hold' as const };

describe('transactions of members who do not exist', () => {
  const rows = () => [purchase('1', 'A1'), purchase('2', 'X9'), purchase('3', 'X9', 'tea'), purchase('4', 'x9')];
  const world = (): World => new World(rows(), { strangers: ['X9', 'x9'] });

  it('are held, named and unfinished, and sent in their order once the member exists', async () => {
    await using shop = world();
    const report = await shop.start(hold);
    expect([report.ending, exitCode(report)]).to.deep.equal(['unfinished', 69]);
    expect(report.counts.items).to.include({ done: 1, held: 3, refused: 0 });
    expect(report.reasons).to.deep.include({
      ...{ status: 'held', code: 'WAITS_FOR_MEMBER', count: 3, key: 'till:2', feed: 'till.csv', line: 3 },
      example:
        'The program Harbour Rewards has no member X9. It is sent once the member exists: enroll the member, then run ' +
        '"sync resume".',
    });
    const [told] = report.records;
    expect(told).to.include({ key: 'till:2', member: 'X9', status: 'held' });

    shop.org.tables.enrol('X9');
    const resumed = await shop.resume(hold);
    expectToAddUp(resumed.counts);
    expect([resumed.ending, exitCode(resumed)]).to.deep.equal(['complete', 0]);
    expect(shop.order('X9')).to.deep.equal(['till:2', 'till:3', 'till:4']);
  });

  it('stay held in later runs, whatever these are told about others', async () => {
    await using shop = world();
    await shop.start(hold);
    const later = await shop.start({ feeds: [] });
    expect(later.counts.items).to.include({ carriedOver: 3, held: 3, refused: 0 });
    const retried = await shop.retry();
    expect(retried.counts.items).to.include({ held: 3, refused: 0 });
    shop.org.tables.enrol('X9');
    const last = await shop.start({ feeds: [] });
    expect(last.counts.items).to.include({ done: 3, held: 0 });
    expect(shop.order('X9')).to.deep.equal(['till:2', 'till:3', 'till:4']);
  });

  it('are refused after all if a run is told to', async () => {
    await using shop = world();
    await shop.start(hold);
    const refused = await shop.resume({ unknownMembers: 'refuse' });
    expect(refused.counts.items).to.include({ held: 0, refused: 3 });
    expect([refused.ending, exitCode(refused)]).to.deep.equal(['complete', 68]);
  });

  it('of earlier runs that refused them are held when they are read again', async () => {
    await using shop = world();
    await shop.start();
    const held = await shop.start(hold);
    expectToAddUp(held.counts);
    expect(held.counts.transactions).to.include({ takenUpByItself: 3, refusedBefore: 0 });
    expect(held.counts.items).to.include({ held: 3, refused: 0 });
  });

  it('do not hold up others, and are looked for now and then while a run goes on', async () => {
    const others = purchases(40, ['A1']).map((row) => ({ ...row, key: `${row.key}-a` }));
    await using shop = new World([purchase('x', 'X9'), ...others], { strangers: ['X9'] });
    let requests = 0;
    shop.org.fate = (execution) => {
      requests += 1;
      if (requests === 3) shop.org.tables.enrol('X9');
      return shop.org.honest(execution, 60_000);
    };
    const report = await shop.start({ ...hold, wait: 3_600_000 });
    expect(report.counts.items).to.include({ done: 41, held: 0 });
    const before = shop.org.effects.findIndex(({ number }) => number === 'till:x');
    expect(before).to.be.within(3, 39);
  });

  for (const hasMarkers of [false, true]) {
    const level = hasMarkers ? 'markers' : 'queries';
    for (const isEnrolled of [true, false]) {
      const next = isEnrolled ? 'exists by now' : 'would be enrolled';
      it(`are looked up at once by a dry run if their member ${next} (${level})`, async () => {
        const member = { ...purchase('2', 'X9'), enrollment: { associatedContactDetails: { lastName: 'New' } } };
        await using shop = new World([purchase('1', 'A1'), member], { strangers: ['X9'], hasMarkers });
        await shop.start(hold);
        if (isEnrolled) shop.org.tables.enrol('X9');
        const before = shop.clock.monotonic();
        const dry = await planSync(shop.options({ unknownMembers: isEnrolled ? 'hold' : 'enroll' }));
        expect(dry.report.counts.items).to.include({ ready: 1, unknown: 0, held: 0 });
        expect(shop.clock.monotonic() - before).to.be.below(10_000);
      });
    }
  }
});
