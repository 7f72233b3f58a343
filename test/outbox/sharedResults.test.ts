import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { systemClock } from '../../src/base/clock.js';
import { OutboxDatabaseError } from '../../src/outbox/index.js';
import { SharedOutbox } from '../../src/outbox/postgres/index.js';
import type { Lease } from '../../src/outbox/postgres/outboxLog.js';
import { writeResults } from '../../src/sync/index.js';
import { csvRows } from '../support/cliFeed.js';
import { MemoryLog } from './memoryLog.js';
import { chunk } from './outboxFixture.js';

/** A log whose database can be away. */
class AwayLog extends MemoryLog {
  isAway = false;

  override async acquire(): Promise<Lease> {
    if (this.isAway) throw new OutboxDatabaseError(this.name, true, new Error('ECONNREFUSED'));
    return super.acquire();
  }
}

describe('the results files of a run that has ended on a shared outbox', () => {
  let folder: string;
  let log: AwayLog;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'loyalty-results-'));
    log = new AwayLog(systemClock);
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  /** Returns the text of the rejected rows in the results files, and in the outbox. */
  async function written(outbox: SharedOutbox, run: string): Promise<{ file: unknown[]; stored: unknown[] }> {
    await writeResults(outbox, run, folder);
    await using others = await SharedOutbox.open(log, { isPrivate: true });
    const rows = csvRows(readFileSync(join(folder, 'rejects.csv'), 'utf8'));
    return { file: rows.map(({ raw }) => raw), stored: [...others.runs.lines(run)].map(({ raw }) => raw) };
  }

  async function endedRun(outbox: SharedOutbox): Promise<string> {
    using lock = await outbox.lock();
    const { id } = await outbox.runs.begin({ program: 'P' });
    const rejected = { kind: 'rejection', feed: 'till.csv', line: 2, value: '', code: 'bad', message: 'Bad.' } as const;
    await outbox.intake.accept(chunk(id, [], { rejections: [{ ...rejected, raw: 'zebra' }] }));
    await outbox.runs.end(id, 'complete');
    return id;
  }

  it('have the text of its rows, which the outbox drops then', async () => {
    await using outbox = await SharedOutbox.open(log);
    const run = await endedRun(outbox);
    expect(await written(outbox, run)).to.deep.equal({ file: ['zebra'], stored: [undefined] });
  });

  it('are written although another process has the outbox by then, or its database is away', async () => {
    await using outbox = await SharedOutbox.open(log);
    await using standby = await SharedOutbox.open(log);
    const run = await endedRun(outbox);
    {
      using lock = await standby.lock();
      expect(await written(outbox, run)).to.deep.equal({ file: ['zebra'], stored: ['zebra'] });
    }
    await outbox.refresh();
    log.isAway = true;
    expect(await written(outbox, run)).to.deep.equal({ file: ['zebra'], stored: ['zebra'] });
  });
});
