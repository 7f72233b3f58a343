import { expect } from 'chai';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/base/clock.js';
import {
  NoOutboxError,
  NotAnOutboxError,
  OutboxBusyError,
  OutboxDamagedError,
  OutboxDatabaseError,
  OutboxDiskError,
  OutboxFormatError,
  OutboxTakenError,
} from '../../src/outbox/index.js';
import { SharedOutbox } from '../../src/outbox/postgres/index.js';
import type { LogPosition, LogReader } from '../../src/outbox/postgres/outboxLog.js';
import { Replica } from '../../src/outbox/postgres/replica.js';
import { OtherOwnerError } from '../../src/sync/index.js';
import { failureOf } from '../client/loopback.js';
import { MemoryLog } from './memoryLog.js';

const address = 'postgres://till@db.example/loyalty?outbox=harbour';
const path = '/data/till.sqlite';

/** A log with this snapshot. */
class SnapshotLog extends MemoryLog {
  constructor(readonly text: string) {
    super(systemClock);
  }

  override async read(_after: LogPosition | undefined, reader: LogReader): Promise<LogPosition> {
    const { text } = this;
    await reader.snapshot(
      (async function* () {
        yield Buffer.from(text);
      })(),
    );
    return { number: 1, epoch: undefined };
  }
}

/** All errors about an outbox at this place. */
function errorsAt(place: string): Error[] {
  const owner = { orgId: '00D1', programId: '0lp1', program: 'Harbour Rewards' };
  const codes = ['full', 'io', 'readOnly', 'cannotOpen'] as const;
  return [
    new NoOutboxError(place),
    new NotAnOutboxError(place),
    new OutboxBusyError(place, 'process 7 on till-1'),
    new OutboxDamagedError(place, 'malformed'),
    new OutboxDatabaseError(place, true, new Error('ECONNREFUSED')),
    new OutboxDatabaseError(place, false, new Error('28P01')),
    ...codes.map((code) => new OutboxDiskError(place, code, new Error('SQLite'))),
    new OutboxFormatError(place, 5, 6),
    new OutboxFormatError(place, 7, 6),
    new OutboxTakenError(place, 'process 7 on till-1 works on it'),
    new OtherOwnerError(place, owner, { ...owner, programId: '0lp2' }),
  ];
}

function textOf(error: Error): string {
  const actions = 'actions' in error ? (error.actions as readonly string[]) : [];
  return [error.message, ...actions].join(' ');
}

describe('errors of a shared outbox', () => {
  it('name its address, and speak of no file, which it is not', () => {
    for (const error of errorsAt(address)) {
      const text = textOf(error);
      expect(text).to.include(address);
      expect(text.replace('folder for temporary files', '')).not.to.match(
        /\b(the|a|another|this) file\b|-wal|its disk/i,
      );
    }
    const ofFile = errorsAt(path).map(textOf).join('\n');
    expect(ofFile)
      .to.match(/Name another file/)
      .and.not.match(/outbox=|database,|TMPDIR|--intake-only/);
  });

  it('say what to do next', () => {
    const [none, not, busy, damaged] = errorsAt(address).map(textOf);
    expect(none).to.match(/Start a run or a worker first, or correct the address/);
    expect(not).to.match(/Name another database, or another outbox/);
    expect(busy).to.match(/Wait .*"sync start --intake-only"/);
    expect(damaged).to.match(/Repeat the command.*restore the latest backup of the database/);
    expect(textOf(new OutboxDiskError(address, 'full', new Error('SQLite')))).to.match(
      new RegExp(`temporary files of this machine \\(${tmpdir()}\\).* Make room in this folder, or .* TMPDIR`),
    );
  });

  it('explain a snapshot that cannot be unpacked, and a folder that cannot be used', async () => {
    const damaged = await failureOf(SharedOutbox.open(new SnapshotLog('not packed')));
    expect(damaged).to.be.instanceOf(OutboxDamagedError);
    const nowhere = new Replica(join(tmpdir(), 'loyalty-nowhere', 'gone'), address);
    const failure = await failureOf(nowhere.catchUp(new SnapshotLog('')));
    expect(failure).to.be.instanceOf(OutboxDiskError).and.include({ path: address, code: 'cannotOpen' });
    const usual = process.env['TMPDIR'];
    process.env['TMPDIR'] = join(tmpdir(), 'loyalty-nowhere');
    try {
      const unusable = await failureOf(SharedOutbox.open(new MemoryLog(systemClock)));
      expect(unusable).to.be.instanceOf(OutboxDiskError);
    } finally {
      if (usual === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = usual;
    }
  });
});
