import { Messages } from '@salesforce/core';
import type { LoyaltyClient } from '../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.jobs');

/**
 * Refreshes a decision table, and returns the Id of the job that does it: the latest of this name that was not there
 * before, because the answer of the org has none.
 * @throws {SfError} if the org shows no such job
 */
export async function refreshJob(
  client: LoyaltyClient,
  table: string,
  options: { readonly isIncremental: boolean },
): Promise<string> {
  const before = new Set((await client.batchJobs.list({ definition: table })).map(({ Id }) => Id));
  const status = await client.batchJobs.refreshTable(table, options);
  const job = (await client.batchJobs.list({ definition: table })).find(({ Id }) => !before.has(Id));
  if (!job) throw messages.createError('error.noRefreshJob', [table, status]);
  return job.Id;
}
