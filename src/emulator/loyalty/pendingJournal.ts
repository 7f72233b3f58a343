import type { StoredJournal } from './journalReader.js';
import { ProcessFailure } from './processFailure.js';

/** Only Pending journals are run. @throws {ProcessFailure} */
export function requirePending({ id, status }: StoredJournal): void {
  if (status === 'Pending') return;
  throw new ProcessFailure(`The transaction journal ${id} is ${status ?? 'without status'}, not Pending.`);
}

/** Pending and Processed journals can be simulated (Trailhead). @throws {ProcessFailure} */
export function requireSimulable({ id, status }: StoredJournal): void {
  if (status === 'Pending' || status === 'Processed') return;
  throw new ProcessFailure(
    `The transaction journal ${id} is ${status ?? 'without status'}, neither Pending nor Processed.`,
  );
}

/**
 * Returns the program of a journal that can be run: Pending, with a type. The texts are made up, because none are published.
 * @throws {ProcessFailure}
 */
export function runnableProgram(journal: StoredJournal): string {
  const { id, programId, typeId } = journal;
  requirePending(journal);
  if (typeId === null) throw new ProcessFailure(`The transaction journal ${id} has no journal type.`);
  if (programId !== null) return programId;
  throw new ProcessFailure(`The member of the transaction journal ${id} has no loyalty program.`);
}
