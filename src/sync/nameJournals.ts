import type { Delivery } from '../outbox/index.js';
import type { Journals } from './journals.js';

const chunk = 1000;

/**
 * Finds the journal ids that answers did not tell: a journal that moved no points names no member. Nothing depends on
 * it but the report, so that a failure leaves the ids open and the run as it is.
 */
export async function nameJournals(delivery: Delivery, journals: Journals): Promise<void> {
  let after = 0;
  for (;;) {
    const items = await delivery.withoutJournalId(after, chunk);
    const last = items.at(-1);
    if (!last) return;
    after = last.seq;
    const found = await journals.lookUp(items).catch(() => undefined);
    if (!found) return;
    await delivery.recordJournalIds([...found].map(([seq, { Id }]) => ({ seq, journalId: Id })));
  }
}
