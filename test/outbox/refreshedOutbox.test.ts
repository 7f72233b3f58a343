import { expect } from 'chai';
import { systemClock } from '../../src/base/clock.js';
import { SharedOutbox } from '../../src/outbox/postgres/index.js';
import { purchase } from '../sync/org/arrayFeed.js';
import { MemoryLog } from './memoryLog.js';
import { chunk, done } from './outboxFixture.js';

describe('a shared outbox that is only read', () => {
  /** A process that delivers, and one that reads. */
  async function open(): Promise<{ writer: SharedOutbox; reader: SharedOutbox }> {
    const log = new MemoryLog(systemClock);
    const writer = await SharedOutbox.open(log);
    return { writer, reader: await SharedOutbox.open(log, { isPrivate: true }) };
  }

  it('has what others have stored since, when it is refreshed', async () => {
    const { writer, reader } = await open();
    using lock = await writer.lock();
    const { id } = await writer.runs.begin({ program: 'Harbour Rewards' });
    await writer.intake.accept(chunk(id, [purchase('1', 'A1')]));
    const key = purchase('1', 'A1').key;
    expect(await reader.find(key)).to.equal(undefined);
    await reader.refresh();
    expect((await reader.find(key))?.state).to.equal('ready');

    await writer.delivery.checkedMembers(['A1'], [], { code: '', message: () => '' });
    const [batch] = await writer.delivery.pack({ size: 10, atLeast: 1, count: 1, now: 1000 });
    await reader.refresh();
    expect((await reader.find(key))?.state).to.equal('sent');
    await writer.delivery.settle(batch!.items.map((item) => done(item)));
    await reader.refresh();
    await reader.refresh();
    expect((await reader.find(key))?.state).to.equal('done');
    await reader.close();
    await writer.close();
  });

  it('reads all again when a snapshot has replaced what followed', async () => {
    const { writer, reader } = await open();
    using lock = await writer.lock();
    const { id } = await writer.runs.begin({ program: 'Harbour Rewards' });
    await writer.intake.accept(chunk(id, [purchase('1', 'A1')]));
    // An erasure leaves no changes in the log.
    await writer.forget('B2');
    await writer.intake.accept(chunk(id, [purchase('2', 'A1')], { firstLine: 3 }));
    await reader.refresh();
    for (const number of ['1', '2']) expect((await reader.find(purchase(number, 'A1').key))?.state).to.equal('ready');
    await reader.close();
    await writer.close();
  });
});
