import type { Clock } from '../../../../base/clock.js';
import { refused } from '../../../orgRefusal.js';
import type { Faults, JobFate } from '../../../faults/index.js';
import { Interruption } from '../../../interruptedRequest.js';
import type { RowLocks } from '../../../store/locks/rowLocks.js';
import type { Store } from '../../../store/store.js';
import { JobFailure } from '../bulkErrors.js';
import type { IngestJob } from './ingestJob.js';
import type { RowWriter } from './rowWriter.js';
import type { UploadedRow } from './uploadedRows.js';
import { writeJobRows } from './writeJobRows.js';
import type { RowOutcome } from './writeJobRows.js';

/** The parts of the org that a transaction of a job uses. */
export interface ChunkTools {
  readonly store: Store;
  readonly clock: Clock;
  readonly locks: RowLocks;
  readonly faults: Faults;
}

interface ChunkWork {
  readonly job: IngestJob;
  readonly rows: readonly UploadedRow[];
  readonly writer: RowWriter;
  readonly fate: JobFate;
}

/**
 * Writes the rows of one transaction. It waits for rows that others hold, and refuses those that stay held, row by row.
 * If the job is ended while it waits, nothing is written, which is what the job's results already say.
 *
 * @throws {JobFailure} when a fault ends the job
 * @throws {Interruption} when the job or the org was ended in the meantime; nothing is written
 */
export function* writeChunk(
  { job, rows, writer, fate: { time, fault } }: ChunkWork,
  { store, clock, locks, faults }: ChunkTools,
): Generator<Promise<unknown>, readonly RowOutcome[], undefined> {
  const requireWanted = (): void => {
    if (!job.isInProgress || faults.ended.aborted) throw new Interruption('The job was ended.');
  };
  if (fault) {
    if (time > 0) yield clock.sleep(time, faults.ended);
    requireWanted();
    if (fault.fault === 'jobFailure') throw new JobFailure(fault.errorCode, fault.message);
    return rows.map(() => refused(fault.errorCode, fault.message));
  }
  const write = (): RowOutcome[] => {
    requireWanted();
    return store.transaction(() => writeJobRows(rows, writer));
  };
  if (time === 0 && locks.isIdle) return write();
  let outcomes: readonly RowOutcome[] = [];
  const written = locks.run(async () => Promise.resolve(write()), time, faults.ended);
  yield written.then((result) => void (outcomes = result));
  return outcomes;
}
