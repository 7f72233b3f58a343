import { expect } from 'chai';
import { SharedOutbox } from '../../src/outbox/postgres/index.js';
import { OutboxTakenError, startSync } from '../../src/sync/index.js';
import { failureOf } from '../client/loopback.js';
import { MemoryLog } from '../outbox/memoryLog.js';
import { VirtualClock } from '../support/virtualClock.js';
import { historyKinds, repeatCommand } from './manySeeds/historyKinds.js';
import { arrayFeed, purchase, source } from './org/arrayFeed.js';
import { clientOf } from './org/fakeClient.js';
import { FakeOrg } from './org/fakeOrg.js';
import { Life } from './org/life.js';
import { Marks } from './org/marks.js';
import { StoppedLog } from './org/stoppedLog.js';
import { programName } from './org/tables.js';

/** `npm run test:simulation` tells thousands. */
const histories = 12;

describe('machines that share an outbox', () => {
  const { tell, required } = historyKinds.shared;
  const marks = new Marks();

  for (let seed = 1; seed <= histories; seed++) {
    it(`lose nothing, double nothing and keep the order, seed ${seed}`, async () => {
      await tell(seed, marks).catch((error: unknown) => {
        console.log(`To repeat it: ${repeatCommand(seed, 'shared')}`);
        throw error;
      });
    });
  }

  it('are killed, stopped beyond their leases, refused, and without their log for a while', () => {
    marks.expectAll(required, 1);
  });
});

describe('a process that is stopped while its intent is being stored', () => {
  it('sends nothing when it goes on after its lease', async () => {
    const clock = new VirtualClock();
    const org = new FakeOrg({ members: ['M1'], clock });
    const outbox = await SharedOutbox.open(new StoppedLog(clock, 10_000), { clock });
    const feeds = [arrayFeed([purchase('1', 'M1')], { stretch: 1 })];
    const run = startSync({
      ...{ client: clientOf(org, new Life()), program: programName, source, clock, outbox, feeds, settle: 600_000 },
    });
    expect(await failureOf(run)).to.be.instanceOf(OutboxTakenError);
    expect(org.effects).to.deep.equal([]);
    await outbox.close();
  });
});

describe('a process that has given its lease back', () => {
  it('may send nothing, also if nobody else has taken it', async () => {
    const clock = new VirtualClock();
    await using outbox = await SharedOutbox.open(new MemoryLog(clock, 10_000), { clock });
    {
      using lock = await outbox.lock();
      outbox.delivery.mustBeOurs();
    }
    expect(() => outbox.delivery.mustBeOurs()).to.throw(OutboxTakenError, 'given its lease back');
  });
});
