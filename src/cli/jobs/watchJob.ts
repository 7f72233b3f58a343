import { Messages } from '@salesforce/core';
import { commandLine } from '../../base/text/commandLine.js';
import { UnknownBatchJobError } from '../../client/index.js';
import type { BatchJobState, LoyaltyClient } from '../../client/index.js';
import type { OrgName } from '../orgName.js';
import { jobProgressText } from './jobLines.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.jobs');

export interface WatchingCommand {
  readonly orgName: OrgName;
  readonly spinner: {
    start(action: string): void;
    stop(message?: string): void;
    status: string | undefined;
  };
}

interface Watched {
  readonly id: string;
  /** Milliseconds. */
  readonly wait: number | undefined;
  readonly signal: AbortSignal;
}

/**
 * Shows how far a job is, until it has ended, the time is over, or somebody ends the command.
 * @throws {SfError} for a job that the org does not show
 */
export async function watchJob(
  command: WatchingCommand,
  client: LoyaltyClient,
  { id, wait, signal }: Watched,
): Promise<BatchJobState> {
  let status = '';
  const onProgress = (state: BatchJobState): void => {
    if (status === '') command.spinner.start(state.job.BatchJobDefinitionName ?? id);
    status = jobProgressText(state);
    command.spinner.status = status;
  };
  try {
    return await client.batchJobs.watch(id, { wait, signal, onProgress });
  } catch (error) {
    if (!(error instanceof UnknownBatchJobError)) throw error;
    throw unknownJob(id, command.orgName);
  } finally {
    if (status !== '') command.spinner.stop(status);
  }
}

/** The error for an Id that is none of a job. */
export function unknownJob(id: string, org: OrgName): Error {
  return messages.createError('error.unknownJob', [id], [commandLine('list jobs', { 'target-org': org })]);
}
