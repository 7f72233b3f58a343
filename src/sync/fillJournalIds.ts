import type { DeliveryState } from './deliveryState.js';

const chunk = 1000;

/**
 * Finds the journal Ids that answers did not tell: a journal that moved no points names no member. Nothing depends on
 * it but the report, so that a failure leaves the Ids open and the run as it is.
 */
export async function fillJournalIds({ delivery, journals }: DeliveryState, mayGoOn: () => boolean): Promise<void> {
  while (mayGoOn()) {
    const items = await delivery.withoutJournalId(chunk);
    if (items.length === 0) return;
    const found = await journals.idsOf(items).catch(() => undefined);
    if (!found) return;
    await delivery.recordJournalIds(items.map(({ seq }) => ({ seq, journalId: found.get(seq) })));
  }
}
