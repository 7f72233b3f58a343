import type { OutboxItem } from '../../outbox/index.js';
import { judgeFound } from '../judgeFound.js';
import type { FoundVerdict } from '../judgeFound.js';
import type { OrgJournals } from '../orgJournals.js';

export interface JournalLookUp {
  readonly journals: OrgJournals;
  /** Run journals that the org holds as Pending even if this outbox never sent them. */
  readonly runPending: boolean;
}

/** Looks items up by the keys of their journals, however these came into the org. */
export async function lookUpJournals(
  { journals, runPending }: JournalLookUp,
  items: readonly OutboxItem[],
): Promise<Map<OutboxItem, FoundVerdict>> {
  const rows = await journals.lookUp(items);
  return new Map(
    items.map((item) => {
      const found = rows.get(item.seq);
      return [item, found ? judgeFound(item, found, runPending) : { is: 'absent' }];
    }),
  );
}
