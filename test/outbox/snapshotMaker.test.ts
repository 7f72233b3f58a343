import { expect } from 'chai';
import { once } from 'node:events';
import { systemClock } from '../../src/base/clock.js';
import { OutboxDatabaseError, OutboxTakenError } from '../../src/outbox/index.js';
import type { Snapshot } from '../../src/outbox/postgres/outboxLog.js';
import type { PinnedReplica } from '../../src/outbox/postgres/replica.js';
import { SharedOutbox } from '../../src/outbox/postgres/index.js';
import { SnapshotMaker } from '../../src/outbox/postgres/snapshotMaker.js';
import { MemoryLog } from './memoryLog.js';

const mebibyte = 1 << 20;
/** As much as is due for a small outbox. */
const due = 17 * mebibyte;

/** A log of which a snapshot is due, and that stores none as long as it has a failure. */
class FullLog extends MemoryLog {
  changes = due;
  failure: Error | undefined = new OutboxDatabaseError('memory', false, new Error('no space left on device'));
  tries = 0;
  /** How often a snapshot was stored. */
  stored = 0;

  override async sizes(): Promise<{ changes: number; snapshot: number }> {
    return { changes: this.changes, snapshot: 0 };
  }

  override async storeSnapshot(epoch: number, snapshot: Snapshot): Promise<void> {
    this.tries += 1;
    if (this.failure) throw this.failure;
    await super.storeSnapshot(epoch, snapshot);
    this.stored += 1;
  }
}

/** A copy that counts how often it is pinned. */
class PinnedCopy {
  pins = 0;
  failure: Error | undefined;

  pin(): PinnedReplica {
    this.pins += 1;
    if (this.failure) throw this.failure;
    return {
      content: async function* () {
        yield Buffer.from('all');
      },
      [Symbol.dispose]: () => undefined,
    };
  }
}

describe('a snapshot of a shared outbox that cannot be stored', () => {
  let log: FullLog;
  let copy: PinnedCopy;

  beforeEach(() => {
    log = new FullLog(systemClock);
    copy = new PinnedCopy();
  });

  /** Stores changes of a mebibyte each. */
  const stores = async (maker: SnapshotMaker, count: number): Promise<void> => {
    for (let change = 1; change <= count; change++) {
      const pinned = maker.pinIfDue(copy, mebibyte);
      log.changes += mebibyte;
      if (pinned) maker.start(pinned, change);
      await maker.end();
    }
  };

  it('is tried again only when as much has come again', async () => {
    const { epoch } = await log.acquire();
    const maker = await SnapshotMaker.begin(log, epoch, { changes: 0 });
    await stores(maker, 1);
    expect([copy.pins, log.tries]).to.deep.equal([1, 1]);
    await stores(maker, 16);
    expect([copy.pins, log.tries]).to.deep.equal([1, 1]);
    log.failure = undefined;
    await stores(maker, 1);
    expect([copy.pins, log.tries]).to.deep.equal([2, 2]);
    await stores(maker, 16);
    expect(copy.pins).to.equal(2);
    await stores(maker, 1);
    expect(copy.pins).to.equal(3);
  });

  it('is tried again no sooner by the next lease of the process, unless somebody else has stored one', async () => {
    const { epoch } = await log.acquire();
    const failed = { changes: 0 };
    await stores(await SnapshotMaker.begin(log, epoch, failed), 1);
    await stores(await SnapshotMaker.begin(log, epoch, failed), 1);
    expect(copy.pins).to.equal(1);
    log.changes = 0;
    await stores(await SnapshotMaker.begin(log, epoch, failed), 17);
    expect(copy.pins).to.equal(2);
  });

  it('does not keep the change from being stored, if the copy cannot be opened once more', async () => {
    const { epoch } = await log.acquire();
    const maker = await SnapshotMaker.begin(log, epoch, { changes: 0 });
    copy.failure = new Error('EMFILE: too many open files');
    expect(maker.pinIfDue(copy, mebibyte)).to.equal(undefined);
    copy.failure = undefined;
    await stores(maker, 16);
    expect([copy.pins, log.tries]).to.deep.equal([1, 0]);
    await stores(maker, 1);
    expect([copy.pins, log.tries]).to.deep.equal([2, 1]);
  });

  it('is told with its reason, unless it is only the lease that is lost', async () => {
    const { epoch } = await log.acquire();
    const told = once(process, 'warning') as Promise<[Error]>;
    const { failure } = log;
    log.failure = new OutboxTakenError('memory', 'another process works on it');
    await stores(await SnapshotMaker.begin(log, epoch, { changes: 0 }), 1);
    log.failure = failure;
    await stores(await SnapshotMaker.begin(log, epoch, { changes: 0 }), 1);
    const [warning] = await told;
    expect(warning.message).to.match(/No snapshot.*no space left on device/);
  });
});

describe('a snapshot that is due when something is stored outside of a lock', () => {
  it('is stored before the lease is given back, and so before the outbox can be closed', async () => {
    const log = new FullLog(systemClock);
    log.failure = undefined;
    const outbox = await SharedOutbox.open(log);
    await outbox.runs.begin({});
    await outbox.close();
    expect(log.stored).to.equal(1);
  });
});
