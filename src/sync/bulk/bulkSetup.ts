import { soqlText } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import { RouteSetupError } from '../routes/routeSetupError.js';

/** The definition that the local org has. In other orgs an administrator chooses the name. */
export const defaultDefinition = 'Process_Transaction_Journals';

/**
 * Checks what the bulk route needs. Without a process that a batch job runs, the org would mark all journals as
 * Processed and give no points.
 * @throws {RouteSetupError}
 */
export async function checkBulkSetup(
  client: LoyaltyClient,
  { program, programId }: { readonly program: string; readonly programId: string },
  definition: string,
): Promise<void> {
  if (!(await client.batchJobs.hasDefinition(definition))) {
    throw new RouteSetupError(`The org has no active batch job definition ${definition}.`, [
      'Create one in Setup (Batch Management) of the type Loyalty Program Process for TransactionJournal, with the ' +
        'filter Status = Pending, and name it with --batch-job.',
    ]);
  }
  const where =
    `LoyaltyProgramId = ${soqlText(programId)} AND ProcessType = 'TransactionJournal' AND Status = 'Active' ` +
    `AND ExecutionType = 'BatchAndRealTime'`;
  if ((await client.query.count(`SELECT COUNT() FROM LoyaltyProgramProcess WHERE ${where}`)) > 0) return;
  throw new RouteSetupError(
    `No active process of the program ${program} runs journals both in batch jobs and in real time.`,
    ['Set the execution type of the process for transaction journals to Batch and Real-Time, or leave out --route.'],
  );
}
