import type { Store } from '../../store/store.js';
import type { DeployJob } from './deployJobs.js';
import type { DeployMessage } from './deployMessage.js';

/** The `DeployResult` of the Metadata API, in the order of its elements. */
export function deployResult(job: DeployJob, store: Store, includeDetails: boolean): Record<string, unknown> {
  const { id, request, userId, createdDate, completedDate, outcome, error } = job;
  const { checkOnly, ignoreWarnings, rollbackOnError, runsTests } = request;
  const { status, failures, successes } = outcome;
  const deployed = successes.filter(({ componentType }) => componentType !== '').length;
  return {
    checkOnly,
    completedDate,
    createdBy: userId,
    createdByName: userName(store, userId),
    createdDate,
    ...(includeDetails && { details: details(job) }),
    done: true,
    ...(error && { errorMessage: error.message, errorStatusCode: error.code }),
    id,
    ignoreWarnings,
    lastModifiedDate: completedDate,
    numberComponentErrors: failures.length,
    numberComponentsDeployed: deployed,
    numberComponentsTotal: deployed + failures.length,
    numberTestErrors: 0,
    numberTestsCompleted: 0,
    numberTestsTotal: 0,
    rollbackOnError,
    runTestsEnabled: runsTests,
    startDate: createdDate,
    status,
    success: status === 'Succeeded',
  };
}

function details({ outcome, completedDate }: DeployJob): Record<string, unknown> {
  const { failures, successes } = outcome;
  return {
    componentFailures: failures.map((message) => messageOf(message, completedDate)),
    componentSuccesses: successes.map((message) => messageOf(message, completedDate)),
    runTestResult: { numFailures: 0, numTestsRun: 0, totalTime: 0 },
  };
}

function messageOf(message: DeployMessage, createdDate: string): Record<string, unknown> {
  return { ...message, createdDate };
}

export function userName(store: Store, userId: string): string {
  const user = store.get('User', userId);
  return [user?.['FirstName'], user?.['LastName']].filter(Boolean).join(' ');
}
