import type { Store } from '../store/store.js';
import type { GivenValues } from '../store/values/validateRow.js';
import type { StoredJournal } from './journalReader.js';
import type { LoyaltyOrg } from './loyaltyOrg.js';
import { ProcessFailure } from './processFailure.js';
import type { WriteContext } from './writeContext.js';

interface OrgJournal {
  readonly programId: string;
  readonly memberId: string;
  /** Name of the journal type. */
  readonly type: string;
  readonly values?: GivenValues;
}

/** Inserts a journal that the org makes itself: Processed, with the time of the call as its activity. */
export function insertOrgJournal(
  { org, journals }: LoyaltyOrg,
  { store, userId }: WriteContext,
  { programId, memberId, type, values = {} }: OrgJournal,
): StoredJournal {
  const now = new Date(org.clock.now()).toISOString();
  const parents = { LoyaltyProgramId: programId, MemberId: memberId, JournalTypeId: journalTypeId(store, type) };
  const journal = { ...values, ...parents, ActivityDate: now, Status: 'Processed' };
  const id = store.insert('TransactionJournal', journal, { as: 'org', userId });
  return storedJournal(journals.read([id]), id);
}

/** @throws {ProcessFailure} where the org has lost the type. What an org does then is unknown */
function journalTypeId(store: Store, name: string): string {
  const type = store.first('JournalType', { Name: name });
  if (type) return type.Id;
  throw new ProcessFailure(`The org has no journal type ${name}.`);
}

/** @throws {ProcessFailure} when there is no such journal */
export function storedJournal(found: readonly StoredJournal[], id: string): StoredJournal {
  const [journal] = found;
  if (journal) return journal;
  throw new ProcessFailure(`The transaction journal ${id} does not exist.`);
}
