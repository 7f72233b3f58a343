import { expect } from 'chai';
import { purchases } from './org/arrayFeed.js';
import { World } from './org/world.js';

const members = ['A1', 'B2', 'C3', 'D4'];

describe('the keys of a member who was erased', () => {
  it('are not taken over from the org again, and their purchases are not sent again', async () => {
    const rows = purchases(4, members);
    await using world = new World(rows, { members });
    const { org, clock } = world;
    await world.start();
    await world.outbox.forget('A1');
    // Somebody else sends the source, so that keys of the org are taken over.
    org.hold({ number: 'till:9', member: 'C3', status: 'Processed' });
    await clock.sleep(60_000);
    world.rows = [];
    await world.start();
    expect(await world.outbox.find('till:9')).to.include({ state: 'done' });
    expect(await world.outbox.find('till:1')).to.equal(undefined);
    // The org erases the person, too.
    org.tables.journals.splice(0, 1);
    await clock.sleep(60_000);
    world.rows = rows;
    const report = await world.start();
    expect(report.counts.transactions).to.include({ forgotten: 1, known: 3 });
    expect(world.effects()).to.include({ 'till:1': 1 });
  });
});
