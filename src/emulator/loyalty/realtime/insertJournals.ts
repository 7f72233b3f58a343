import type { TransactionJournalInput } from '../../../contract/endpoints/realtimeEndpoints.js';
import type { ModelField } from '../../store/model/objectModel.js';
import type { GivenValues } from '../../store/values/validateRow.js';
import type { StoredJournal } from '../journalReader.js';
import { JournalResolver } from '../journalResolver.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import type { Program } from '../programDirectory.js';
import type { WriteContext } from '../writeContext.js';

/** Where journals are written, and for which program. */
export interface JournalWriting {
  readonly loyalty: LoyaltyOrg;
  readonly writing: WriteContext;
  readonly program: Program;
}

/**
 * New journals are Processed whatever status they came with, also when no process matches: so an org was seen to do
 * it for `runProgramProcessForTransactionJournal`.
 */
export function insertJournals(
  { loyalty, writing, program }: JournalWriting,
  given: readonly TransactionJournalInput[],
): StoredJournal[] {
  const { store, userId } = writing;
  const fields = new JournalResolver(writing, program, loyalty.members).resolve(given);
  const ids = fields.map((each) => {
    const values = { ...takenOver(loyalty, each), Status: 'Processed' };
    return store.insert('TransactionJournal', values, { userId });
  });
  return loyalty.journals.read(ids);
}

/** What the engine of this org takes over into a journal. */
function takenOver({ org: { store, settings } }: LoyaltyOrg, given: GivenValues): GivenValues {
  if (settings.realtimeHonorsUniqueFields) return given;
  const type = store.type('TransactionJournal');
  return Object.fromEntries(Object.entries(given).filter(([name]) => !isOwnUnique(type.field(name))));
}

function isOwnUnique(field: ModelField | undefined): boolean {
  return field?.definition.unique === true && field.name.endsWith('__c');
}
