import type { Steps } from '../../platform/bulk/backgroundJobs.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { runnableProgram } from '../pendingJournal.js';
import type { FailedRecord, JobRecords, PartResult } from './jobRecords.js';
import { beforeTransaction, rowFailureOf } from './jobSteps.js';

/** Help: parts of 200 are recommended. */
const partSize = 200;

/**
 * Runs Pending journals, part by part, in the order of their activity dates, those of the same time in the order in which
 * they were stored: a definition can name the order, and what an org does without is unpublished. Each journal runs on its
 * own. One that fails stays Pending, and is a failed record of the job. A canceled job begins no further part.
 *
 * @param only the journals with these Ids. Default: all of the org
 */
export function* runJournalsJob(loyalty: LoyaltyOrg, records: JobRecords, only?: readonly string[]): Steps {
  yield undefined;
  if (!records.isOpen()) return;
  const ids = pendingIds(loyalty, only);
  const slices = Array.from({ length: Math.ceil(ids.length / partSize) }, (_, index) =>
    ids.slice(index * partSize, (index + 1) * partSize),
  );
  const parts = records.begin(slices.map(({ length }) => length));
  for (const [index, part] of parts.entries()) {
    const slice = slices[index] ?? [];
    const path = `/actions/custom/batchJobAction/${records.job.name}`;
    const struck = yield* beforeTransaction(loyalty, { path, lines: slice });
    if (!records.isOpen()) return;
    if (struck?.isWholeJob) {
      records.fail(struck.message);
      return;
    }
    loyalty.org.store.transaction(() => {
      records.beginPart(part);
      records.endPart(part, struck ? allFailed(slice, struck.message) : runPart(loyalty, records.job.userId, slice));
    });
  }
  records.complete();
}

function pendingIds({ org: { store } }: LoyaltyOrg, only: readonly string[] | undefined): string[] {
  const wanted = only && new Set(only);
  return store
    .find('TransactionJournal', { Status: 'Pending' })
    .filter(({ Id }) => wanted?.has(Id) ?? true)
    .sort((one, other) => order(one['ActivityDate'], other['ActivityDate']) || order(one.Id, other.Id))
    .map(({ Id }) => Id);
}

function order(one: unknown, other: unknown): number {
  return String(one) < String(other) ? -1 : +(String(one) > String(other));
}

function runPart(loyalty: LoyaltyOrg, userId: string, ids: readonly string[]): PartResult {
  const { store } = loyalty.org;
  const failures = ids.flatMap((id): FailedRecord[] => {
    const message = rowFailureOf(() => store.transaction(() => runOne(loyalty, userId, id)));
    return message === undefined ? [] : [{ id, message }];
  });
  return { processed: ids.length - failures.length, failures };
}

function runOne({ org: { store }, journals, engine }: LoyaltyOrg, userId: string, id: string): void {
  const [journal] = journals.read([id]);
  // Somebody else may have run it meanwhile.
  if (journal?.status !== 'Pending') return;
  const programId = runnableProgram(journal);
  store.update('TransactionJournal', id, { Status: 'Processed' }, { as: 'org', userId });
  engine.runProcesses({ store, userId }, { programId, journals: [journal], execution: 'Batch' });
}

function allFailed(ids: readonly string[], message: string): PartResult {
  return { processed: 0, failures: ids.map((id) => ({ id, message })) };
}
