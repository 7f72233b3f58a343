import type { Statement } from './inboxEntries.js';
import type { PatientDatabase } from './patientDatabase.js';

/**
 * Repeats a statement that deletes a few rows until it finds none. Each repetition commits for itself, so that nobody
 * waits long for a lock, and no statement takes too long, however much there is to delete.
 * @throws {OutboxDatabaseError}
 */
export async function inPortions(database: Pick<PatientDatabase, 'query'>, { text, values }: Statement): Promise<void> {
  let deleted: number | null;
  do ({ rowCount: deleted } = await database.query(text, values));
  while (deleted);
}
