import { refreshDecisionTable } from '../../../contract/actions/decisionTableActions.js';
import type { Steps } from '../../platform/bulk/backgroundJobs.js';
import { serveAction } from '../actions/servedAction.js';
import { JobRecords } from '../batchJobs/jobRecords.js';
import { beforeTransaction } from '../batchJobs/jobSteps.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { objectRecords } from '../rules/journalField.js';

/** Full refreshes of standard tables in an hour. */
const mostRefreshes = 40;
const hour = 3_600_000;

/**
 * Refreshes a decision table that rules use: from the end of the job, they see the records of its object as they were
 * then. An incremental refresh has the same effect. A table with rows of its own keeps them.
 */
export const refreshTable = serveAction(refreshDecisionTable, (loyalty, { writing, inputs }) => {
  const name = inputs.text('DecisionTableApiName') ?? '';
  const isIncremental = inputs.flag('isDecisionTableIncremental') ?? inputs.flag('isIncremental') ?? false;
  const objectName = loyalty.org.rules?.outside.objectOf?.(name);
  if (objectName === undefined) return failed(`There is no active decision table ${name}.`);
  if (!isIncremental && refreshesInLastHour(loyalty) >= mostRefreshes)
    return failed(`Decision tables can be refreshed ${mostRefreshes} times in an hour.`);
  const job = { name, type: 'DecisionTableRefresh', userId: writing.userId, inputs: { isIncremental } } as const;
  loyalty.background.begin(refresh(loyalty, JobRecords.submit(loyalty, job), objectName));
  return { Status: 'Queued', ErrorMessage: null };
});

function failed(ErrorMessage: string) {
  return { Status: 'Failed', ErrorMessage };
}

function* refresh(loyalty: LoyaltyOrg, job: JobRecords, objectName: string | null): Steps {
  const { name } = job.job;
  yield* beforeTransaction(loyalty, { path: '/actions/standard/refreshDecisionTable', lines: [name] });
  if (!job.isOpen()) return;
  const { store, refreshedTables } = loyalty.org;
  const records = objectName === null ? [] : objectRecords(store, objectName);
  if (!records) {
    job.fail(`The org has no object ${objectName}.`);
    return;
  }
  store.transaction(() => {
    for (const part of job.begin([records.length])) {
      job.beginPart(part);
      job.endPart(part, { processed: records.length, failures: [] });
    }
    job.complete();
  });
  if (objectName !== null) refreshedTables.set(name.toLowerCase(), records);
}

function refreshesInLastHour({ org: { store, clock } }: LoyaltyOrg): number {
  const since = new Date(clock.now() - hour).toISOString();
  return store
    .find('BatchJob', { Type: 'DecisionTableRefresh', RuntimeParameter: JSON.stringify({ isIncremental: false }) })
    .filter(({ StartTime }) => String(StartTime) > since).length;
}
