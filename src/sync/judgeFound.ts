import type { JournalRow } from '../client/index.js';
import type { FoundJournal, Outcome, OutboxItem } from '../outbox/index.js';

/** The journals that the org has for one key, and a comparison of their content with the item's. */
export interface FoundJournals {
  readonly journals: readonly JournalRow[];
  /** Returns the names of the content fields in which a journal differs from the item. */
  differences(journal: JournalRow): readonly string[];
}

/** The result of looking up an item. */
export type FoundVerdict =
  | { readonly is: 'absent' }
  /** The org holds the journal and has not run it: run it by its Id. */
  | { readonly is: 'pending'; readonly journal: JournalRow }
  /** The org's journal has failed with other content, and a person wants it to have this one. */
  | { readonly is: 'mend'; readonly journal: JournalRow }
  | { readonly is: 'settled'; readonly outcome: Outcome };

/** Returns the journals that are purchases themselves, without those that cancel or adjust another one. */
export function ownJournals<T extends Pick<JournalRow, 'RelatedJournalId'>>(journals: readonly T[]): T[] {
  return journals.filter(({ RelatedJournalId }) => !RelatedJournalId);
}

/** Leaves out failed and cancelled journals of a key if there is another one. */
export function countingJournals<T extends Pick<JournalRow, 'Status'>>(own: readonly T[]): readonly T[] {
  const living = own.filter(({ Status }) => Status !== 'Error' && Status !== 'Cancelled');
  return living.length > 0 ? living : own;
}

/** Returns the outcome for a key that the org has more than once. */
export function doubledOutcome(item: OutboxItem, journals: readonly JournalRow[]): Outcome {
  const ids = journals.map(({ Id }) => Id).sort();
  const message =
    `The org has ${ids.length} journals of ${item.key}: ${ids.join(', ')}. Cancel or delete all but one there, then ` +
    'run "sync retry" with --key and this key.';
  return { item, to: 'doubled', code: 'DOUBLED', journalId: ids[0] ?? '', message };
}

/**
 * Implements the "found" rows of the table in `docs/sync-protocol.md`. Journals that cancel or adjust another one are
 * left out. So are failed and cancelled ones if there is another.
 *
 * @param runPending run journals that the org holds as Pending even if this outbox never sent them
 */
export function judgeFound(item: OutboxItem, found: FoundJournals, runPending: boolean): FoundVerdict {
  const own = ownJournals(found.journals);
  const verdict = judgeOwn(item, own, { found, runPending });
  if (verdict.is !== 'settled') return verdict;
  return settled({ ...verdict.outcome, journals: own.flatMap(foundJournal) } as Outcome);
}

/** Nothing if this user cannot see when it was created. */
export function foundJournal({ Id, CreatedDate }: Pick<JournalRow, 'Id' | 'CreatedDate'>): FoundJournal[] {
  const createdAt = Date.parse(CreatedDate ?? '');
  return Number.isNaN(createdAt) ? [] : [{ id: Id, createdAt }];
}

function judgeOwn(
  item: OutboxItem,
  own: readonly JournalRow[],
  { found, runPending }: { readonly found: FoundJournals; readonly runPending: boolean },
): FoundVerdict {
  const [journal, ...others] = countingJournals(own);
  if (!journal) return { is: 'absent' };
  if (others.length > 0) return settled(doubledOutcome(item, [journal, ...others]));
  const differing = found.differences(journal);
  return differing.length === 0 ? judgeSame(item, journal, runPending) : judgeOther(item, journal, differing);
}

function judgeSame(item: OutboxItem, journal: JournalRow, runPending: boolean): FoundVerdict {
  const { Id: journalId, Status } = journal;
  // A journal that this outbox has sent does not count as found, even if the answer was lost.
  const found = item.attempts === 0;
  switch (Status) {
    case 'Processed':
      return settled({ item, to: 'done', journalId, found });
    case 'Cancelled':
      return settled({ item, to: 'done', journalId, found, cancelled: true });
    case 'Error':
      return settled({ item, to: 'refused', code: 'JOURNAL_ERROR', journalId, message: errorOf(journal) });
    case 'Pending':
      if (item.attempts > 0 || runPending) return { is: 'pending', journal };
      return settled({
        item,
        to: 'parked',
        code: 'PENDING_IN_ORG',
        journalId,
        message:
          `The org holds the journal ${journalId} of ${item.key} as Pending, and this outbox did not send it: a batch ` +
          'job or a flow of the org may be about to run it. If nothing else will, run it with --run-pending.',
      });
    default:
      return settled({
        item,
        to: 'parked',
        code: 'STATUS_IN_ORG',
        journalId,
        message: `The org has the journal ${journalId} of ${item.key} with the status ${Status ?? 'null'}, which this plugin does not know.`,
      });
  }
}

function judgeOther(item: OutboxItem, journal: JournalRow, differing: readonly string[]): FoundVerdict {
  const { Id: journalId } = journal;
  const difference = `of ${item.key} differs in ${differing.join(', ')}`;
  if (journal.Status !== 'Error') {
    const message =
      `The org's journal ${journalId} ${difference}. Nothing was sent. If it is another purchase, its key has to ` +
      'differ; if the org is right, run "sync retry" with --keep-org and this key.';
    return settled({ item, to: 'conflictInOrg', code: 'CONFLICT_IN_ORG', journalId, message });
  }
  if (item.mayMend) return { is: 'mend', journal };
  const message =
    `The org's journal ${journalId} ${difference} and has failed: ${errorOf(journal)} ` +
    '"sync retry" with --key and this key gives it the new content and runs it.';
  return settled({ item, to: 'parked', code: 'FAILED_WITH_OTHER_CONTENT', journalId, message });
}

function errorOf({ Id, ErrorDescription }: JournalRow): string {
  return ErrorDescription ?? `The org could not process the journal ${Id} and gave no reason.`;
}

function settled(outcome: Outcome): FoundVerdict {
  return { is: 'settled', outcome };
}
