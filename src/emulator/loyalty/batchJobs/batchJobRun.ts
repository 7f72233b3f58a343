import type { Steps } from '../../platform/bulk/backgroundJobs.js';
import { RequestBody } from '../../http/requestBody.js';
import { OrgRefusal } from '../../orgRefusal.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { runnableProgram } from '../pendingJournal.js';
import { ProcessFailure } from '../processFailure.js';

/** Help: parts of 200 are recommended. */
const partSize = 200;

interface BatchRun {
  readonly jobId: string;
  readonly name: string;
  readonly userId: string;
}

/**
 * Runs all Pending journals of the org, part by part, in the order of their activity dates, those of the same time in the
 * order in which they were stored: a definition can name the order, and what an org does without is unpublished. Each
 * journal runs on its own. One that fails stays Pending, and is a failed record of the job.
 */
export function* runBatchJob(loyalty: LoyaltyOrg, run: BatchRun): Steps {
  const { store } = loyalty.org;
  yield undefined;
  write(loyalty, run, { Status: 'InProgress' });
  const pending = store.find('TransactionJournal', { Status: 'Pending' });
  const ids = pending
    .sort((one, other) => order(one['ActivityDate'], other['ActivityDate']) || order(one.Id, other.Id))
    .map(({ Id }) => Id);
  let failed = 0;
  for (let at = 0; at < ids.length; at += partSize) {
    yield undefined;
    const part = ids.slice(at, at + partSize);
    const { fault } = loyalty.org.faults.ofJob({
      path: `/services/data/v66.0/actions/custom/batchJobAction/${run.name}`,
      body: new RequestBody(Buffer.from(part.join('\n'))),
    });
    if (fault?.fault === 'jobFailure') {
      end(loyalty, run, { Status: 'Failed', ErrorDescription: fault.message });
      return;
    }
    failed += fault ? refuseAll(loyalty, run, part, fault.message) : runPart(loyalty, run, part);
  }
  end(loyalty, run, { Status: failed > 0 ? 'CompletedWithFailures' : 'Completed' });
}

function order(one: unknown, other: unknown): number {
  return String(one) < String(other) ? -1 : +(String(one) > String(other));
}

/** Returns how many have failed. */
function runPart(loyalty: LoyaltyOrg, run: BatchRun, ids: readonly string[]): number {
  const { store } = loyalty.org;
  return store.transaction(() => {
    const failures = ids.flatMap((id) => {
      const message = failureOf(() => store.transaction(() => runOne(loyalty, run.userId, id)));
      return message === undefined ? [] : { id, message };
    });
    const [first] = failures;
    if (first) addFailed(loyalty, run, failures);
    return failures.length;
  });
}

function runOne({ org: { store }, journals, engine }: LoyaltyOrg, userId: string, id: string): void {
  const [journal] = journals.read([id]);
  // Somebody else may have run it meanwhile.
  if (journal?.status !== 'Pending') return;
  const programId = runnableProgram(journal);
  store.update('TransactionJournal', id, { Status: 'Processed' }, { as: 'org', userId });
  engine.runProcesses({ store, userId }, { programId, journals: [journal], execution: 'Batch' });
}

function failureOf(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof ProcessFailure || error instanceof OrgRefusal) return error.message;
    throw error;
  }
}

function refuseAll(loyalty: LoyaltyOrg, run: BatchRun, ids: readonly string[], message: string): number {
  loyalty.org.store.transaction(() =>
    addFailed(
      loyalty,
      run,
      ids.map((id) => ({ id, message })),
    ),
  );
  return ids.length;
}

function addFailed(
  { org: { store } }: LoyaltyOrg,
  { jobId, name, userId }: BatchRun,
  failures: readonly { readonly id: string; readonly message: string }[],
): void {
  const by = { as: 'org', userId } as const;
  const part = store.insert(
    'BatchJobPart',
    { BatchJobId: jobId, Name: name, Status: 'Failed', FailedRecordCount: failures.length },
    by,
  );
  for (const { id, message } of failures) {
    const record = { BatchJobId: jobId, BatchJobPartId: part, Record: id, ErrorDescription: message.slice(0, 1333) };
    store.insert('BatchJobPartFailedRecord', { Name: id, ...record }, by);
  }
}

function end(loyalty: LoyaltyOrg, run: BatchRun, values: Readonly<Record<string, string>>): void {
  write(loyalty, run, { ...values, EndTime: new Date(loyalty.org.clock.now()).toISOString() });
}

function write(
  { org: { store } }: LoyaltyOrg,
  { jobId, userId }: BatchRun,
  values: Readonly<Record<string, string>>,
): void {
  store.update('BatchJob', jobId, values, { as: 'org', userId });
}
