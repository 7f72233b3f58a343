import { expect } from 'chai';
import { systemClock } from '../../src/base/clock.js';
import { OutboxBusyError, OutboxDatabaseError } from '../../src/outbox/index.js';
import { OpenReplica } from '../../src/outbox/postgres/openReplica.js';
import type { LogPosition, LogReader, OutboxChange, StoredChange } from '../../src/outbox/postgres/outboxLog.js';
import { SharedOutbox } from '../../src/outbox/postgres/index.js';
import { failureOf } from '../client/loopback.js';
import { purchase } from '../sync/org/arrayFeed.js';
import { MemoryLog } from './memoryLog.js';
import { chunk, done } from './outboxFixture.js';

/** A log that loses a change, and the process that stores it cannot tell. */
class LosingLog extends MemoryLog {
  loses = false;

  override async append(epoch: number, change: OutboxChange): Promise<void> {
    if (this.loses) throw new OutboxDatabaseError(this.name, true, new Error('ECONNRESET'));
    return super.append(epoch, change);
  }
}

describe('a shared outbox that could not store something', () => {
  it('is read again before it is used again, because the log may not have it', async () => {
    const log = new LosingLog(systemClock);
    await using outbox = await SharedOutbox.open(log);
    const { id } = await outbox.runs.begin({ program: 'Harbour Rewards' });
    {
      using lock = await outbox.lock();
      log.loses = true;
      const lost = outbox.intake.accept(chunk(id, [purchase('1', 'A1')]));
      expect(await failureOf(lost)).to.be.instanceOf(OutboxDatabaseError);
      log.loses = false;
    }
    using lock = await outbox.lock();
    expect(await outbox.find(purchase('1', 'A1').key)).to.equal(undefined);
    await outbox.intake.accept(chunk(id, [purchase('2', 'A1')]));
    await using other = await SharedOutbox.open(log, { isPrivate: true });
    expect((await other.find(purchase('2', 'A1').key))?.state).to.equal('ready');
  });
});

describe('a shared outbox that somebody delivers from', () => {
  it('is held until the lease is given back, and then shows what was stored meanwhile', async () => {
    const log = new MemoryLog(systemClock);
    await using writer = await SharedOutbox.open(log);
    const lock = await writer.lock();
    const { id } = await writer.runs.begin({});
    await using reader = await SharedOutbox.open(log, { isPrivate: true });
    expect([await writer.isHeld(), await reader.isHeld()]).to.deep.equal([true, true]);
    await writer.runs.end(id, 'complete');
    lock[Symbol.dispose]();
    await writer.close();
    expect(await reader.isHeld()).to.equal(false);
    expect((await reader.runs.find(id))?.ending).to.equal('complete');
  });

  it('is no longer held when the lease of a process that was killed has ended', async () => {
    const log = new MemoryLog(systemClock, 0);
    await log.acquire();
    await using reader = await SharedOutbox.open(log, { isPrivate: true });
    expect(await reader.isHeld()).to.equal(false);
  });
});

describe('an open copy of a shared outbox', () => {
  it('stays open when there is nothing new', async () => {
    const log = new MemoryLog(systemClock);
    await using writer = await SharedOutbox.open(log);
    await writer.runs.begin({ program: 'Harbour Rewards' });
    const copy = await OpenReplica.open(log, { name: log.name, mustBeOurs: () => undefined });
    expect(await copy.followed(log)).to.equal(copy);
    await writer.runs.begin({ program: 'Harbour Rewards' });
    const followed = await copy.followed(log);
    expect(followed).to.not.equal(copy);
    await followed?.close();
  });
});

/** A log whose connection is lost when these changes were read, and which is replaced by a snapshot before it is back. */
class CompactedLog extends MemoryLog {
  lost: StoredChange[] = [];

  override async append(epoch: number, change: OutboxChange): Promise<void> {
    this.lost.push({ ...change, epoch });
    return super.append(epoch, change);
  }

  override async read(after: LogPosition | undefined, reader: LogReader): Promise<LogPosition> {
    if (after === undefined) for (const change of this.lost) await reader.change(change);
    return super.read(after, reader);
  }
}

describe('a copy of a shared outbox that is read for the first time', () => {
  it('has what the snapshot has, although the connection was lost among the changes before it', async () => {
    const log = new CompactedLog(systemClock);
    await using writer = await SharedOutbox.open(log);
    const { id } = await writer.runs.begin({ program: 'Harbour Rewards' });
    await writer.intake.accept(chunk(id, [purchase('1', 'A1')]));
    await writer.forget('B2');
    await using reader = await SharedOutbox.open(log, { isPrivate: true });
    expect((await reader.find(purchase('1', 'A1').key))?.state).to.equal('ready');
  });
});

describe('a shared outbox whose database is away when it is let go', () => {
  class UnreleasedLog extends MemoryLog {
    sizesFailure: Error | undefined;

    override async release(): Promise<void> {
      throw new OutboxDatabaseError(this.name, true, new Error('ECONNRESET'));
    }

    override async sizes(): Promise<{ changes: number; snapshot: number }> {
      if (this.sizesFailure) throw this.sizesFailure;
      return super.sizes();
    }
  }

  it('has stored what it was told to', async () => {
    const log = new UnreleasedLog(systemClock);
    await using outbox = await SharedOutbox.open(log);
    const { id } = await outbox.runs.begin({ program: 'Harbour Rewards' });
    await using other = await SharedOutbox.open(log, { isPrivate: true });
    expect(await other.runs.find()).to.include({ id });
  });

  it('says why it could not be taken', async () => {
    const log = new UnreleasedLog(systemClock);
    await using outbox = await SharedOutbox.open(log);
    log.sizesFailure = new Error('The disk is full.');
    expect(await failureOf(outbox.lock())).to.equal(log.sizesFailure);
  });

  it('tells the next one that asks who has it, and no one else', async () => {
    await using outbox = await SharedOutbox.open(new UnreleasedLog(systemClock));
    {
      using lock = await outbox.lock();
    }
    // An error that nobody hears would end the process.
    await new Promise(setImmediate);
    expect(await failureOf(outbox.lock())).to.be.instanceOf(OutboxBusyError);
  });
});

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

describe('a shared outbox from which a member is erased', () => {
  it('can be read by all, although something else was changed meanwhile', async () => {
    /** A log that lets something happen while it stores a change, once. */
    class BusyLog extends MemoryLog {
      meanwhile: (() => void) | undefined;

      override async append(epoch: number, change: OutboxChange): Promise<void> {
        const { meanwhile } = this;
        this.meanwhile = undefined;
        meanwhile?.();
        // An answer takes longer than what this process does by itself.
        await new Promise(setImmediate);
        await super.append(epoch, change);
      }
    }
    const log = new BusyLog(systemClock);
    await using outbox = await SharedOutbox.open(log);
    using lock = await outbox.lock();
    const { id } = await outbox.runs.begin({ program: 'Harbour Rewards' });
    await outbox.calls.begin(
      { key: 'k', member: 'A1', hash: 'x', state: 'done', sentAt: 1, before: null, answer: null },
      undefined,
    );
    let other: Promise<unknown> | undefined;
    log.meanwhile = () => {
      other = outbox.intake.accept(chunk(id, [purchase('2', 'B1')]));
    };
    expect(await outbox.forget('A1')).to.include({ transactions: 1 });
    await other;
    await using reader = await SharedOutbox.open(log, { isPrivate: true });
    expect((await reader.find(purchase('2', 'B1').key))?.state).to.equal('ready');
  });
});
