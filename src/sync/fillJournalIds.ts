import type { DeliveryState } from './deliveryState.js';

const chunk = 1000;

/**
 * Finds the journal Ids that answers did not contain: a journal that moved no points names no member. Only the report
 * uses these Ids, so a failure leaves them open and does not affect the run.
 */
export async function fillJournalIds(
  { delivery, journals, route }: DeliveryState,
  mayGoOn: () => boolean,
): Promise<void> {
  if (route.leavesNoJournal) return;
  while (mayGoOn()) {
    const items = await delivery.withoutJournalId(chunk);
    if (items.length === 0) return;
    const found = await journals.idsOf(items).catch(() => undefined);
    if (!found) return;
    await delivery.recordJournalIds(items.map(({ seq }) => ({ seq, journalId: found.get(seq) })));
  }
}
