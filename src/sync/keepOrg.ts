import type { JournalRow } from '../client/index.js';
import { ownJournals } from './judgeFound.js';
import { OrgJournals } from './orgJournals.js';
import { patientAttempt } from './patientReads.js';
import type { Patience } from './patientReads.js';
import type { OrgFacts } from './preflight.js';
import { NothingToKeepError } from './retryChecks.js';
import type { RetryOptions } from './syncOptions.js';

/** A key for which the org's content is correct. */
interface Kept {
  readonly key: string;
  /** Undefined if the outbox already knew that the org has the key. */
  readonly journalId: string | undefined;
}

/**
 * Checks that the journal has run. One that has not run has given no points and cannot count as done.
 * @throws {NothingToKeepError}
 */
function mustHaveBeenRun(key: string, { Id, Status }: JournalRow): void {
  if (Status === 'Processed' || Status === 'Cancelled') return;
  throw new NothingToKeepError(
    key,
    `The org's journal ${Id} has the status ${Status ?? 'null'}: have it processed first.`,
  );
}

/**
 * Finds the journal of each key whose content in the org is to be kept: the org must have exactly one.
 * @throws {NothingToKeepError}
 */
export async function findKept(
  { client, outbox, keepOrg = [] }: RetryOptions,
  facts: OrgFacts,
  patience: Patience,
): Promise<readonly Kept[]> {
  const journals = new OrgJournals(client, facts);
  const kept: Kept[] = [];
  for (const key of keepOrg) {
    const contradiction = await outbox.deadLetters.contradictions(key);
    if (!contradiction) throw new NothingToKeepError(key, 'Nothing that has come to its end contradicts it.');
    if (contradiction === 'lines') {
      kept.push({ key, journalId: undefined });
      continue;
    }
    const found = await patientAttempt(patience, () => journals.lookUp([contradiction]));
    if ('failure' in found) throw new NothingToKeepError(key, `The org did not answer: ${found.failure.message}`);
    const rows = ownJournals(found.answer.get(contradiction.seq)?.journals ?? []);
    const [journal, ...others] = rows;
    if (!journal) throw new NothingToKeepError(key, 'The org has no journal of it.');
    if (others.length > 0) throw new NothingToKeepError(key, `The org has ${rows.length} journals of it.`);
    mustHaveBeenRun(key, journal);
    kept.push({ key, journalId: journal.Id });
  }
  return kept;
}
