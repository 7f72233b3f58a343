import type { Course } from './course.js';

const chunk = 1000;

/**
 * Finds the journal ids that answers did not tell: a journal that moved no points names no member. Nothing depends on
 * it but the report, so that a failure leaves the ids open and the run as it is.
 */
export async function nameJournals({ delivery, journals }: Course, mayGoOn: () => boolean): Promise<void> {
  while (mayGoOn()) {
    const items = await delivery.withoutJournalId(chunk);
    if (items.length === 0) return;
    const found = await journals.lookUp(items).catch(() => undefined);
    if (!found) return;
    await delivery.recordJournalIds(items.map(({ seq }) => ({ seq, journalId: found.get(seq)?.Id })));
  }
}
