import { z } from 'zod';
import { shortId } from '../base/sameId.js';
import { executedJournals } from './executedJournals.js';
import type { ExecutedJournal } from './executedJournals.js';
import type { FailureVerdict } from './failures/failureVerdict.js';
import { LoyaltyCallError } from './failures/loyaltyCallError.js';
import { failedJournalsVerdict } from './failures/verdict.js';
import type { LoyaltyClient } from './loyaltyClient.js';
import { inLists } from './query/soql.js';

/** What became of a journal of the org that was to be run. */
export type PendingOutcome = { readonly id: string } & (
  | { readonly status: 'done'; readonly executed: ExecutedJournal | null }
  /** It had been run before, so nothing was sent for it. */
  | { readonly status: 'known' }
  | { readonly status: 'refused'; readonly message: string; readonly failure?: FailureVerdict }
  /** It may run yet. */
  | { readonly status: 'unknown'; readonly message: string }
);

const StatusRow = z.object({ Id: z.string(), Status: z.string().nullable() });

/**
 * Runs Pending journals of the org in one real-time request. Only Pending journals are run, so it can be repeated: one
 * that was run before is left alone. After a failure the org is asked what became of each.
 *
 * @param ids 15 or 18 characters, at most 1,000
 */
export async function runPendingJournals(
  client: LoyaltyClient,
  program: string,
  ids: readonly string[],
): Promise<PendingOutcome[]> {
  const wanted = [...new Map(ids.map((id) => [shortId(id), id])).values()];
  const before = await statusesOf(client, wanted);
  const pending = wanted.filter((id) => before.get(shortId(id)) === 'Pending');
  const run = pending.length === 0 ? [] : await execute(client, program, pending);
  const outcomes = new Map(run.map((outcome) => [outcome.id, outcome]));
  return wanted.map((id) => outcomes.get(id) ?? notPending(id, before.get(shortId(id))));
}

function notPending(id: string, status: string | undefined): PendingOutcome {
  if (status === 'Processed') return { id, status: 'known' };
  const message =
    status === undefined
      ? `The org has no transaction journal ${id}.`
      : `The transaction journal ${id} is ${status || 'without status'}, and only Pending ones can be run.`;
  return { id, status: 'refused', message };
}

async function execute(client: LoyaltyClient, program: string, ids: readonly string[]): Promise<PendingOutcome[]> {
  try {
    const executed = executedJournals(
      await client.journals.execute(
        program,
        ids.map((Id) => ({ Id })),
      ),
    );
    return ids.map((id, index) => ({ id, status: 'done', executed: executed[index] ?? null }));
  } catch (error) {
    if (!(error instanceof LoyaltyCallError)) throw error;
    const failure = failedJournalsVerdict(error, ids.length);
    const { message } = error;
    if (failure.kind !== 'unknown' && failure.nothingStored)
      return ids.map((id) => ({ id, status: 'refused', message, failure }));
    const after = await statusesOf(client, ids).catch(() => new Map<string, string>());
    return ids.map((id) => afterFailure(id, after.get(shortId(id)), { message, failure }));
  }
}

/** @param status what the org says after the failure; undefined if it could not be asked */
function afterFailure(
  id: string,
  status: string | undefined,
  { message, failure }: { readonly message: string; readonly failure: FailureVerdict },
): PendingOutcome {
  if (status === 'Processed') return { id, status: 'done', executed: null };
  if (status === undefined || failure.kind === 'unknown') return { id, status: 'unknown', message };
  return { id, status: 'refused', message, failure };
}

/** By the first 15 characters of the Id. */
async function statusesOf(client: LoyaltyClient, ids: readonly string[]): Promise<Map<string, string>> {
  const statuses = new Map<string, string>();
  for (const list of inLists(ids)) {
    const soql = `SELECT Id, Status FROM TransactionJournal WHERE Id IN ${list}`;
    for await (const { Id, Status } of client.query.rows(soql, StatusRow)) statuses.set(shortId(Id), Status ?? '');
  }
  return statuses;
}
