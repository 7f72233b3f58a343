import { realtimeEndpoints } from '../../../contract/endpoints/realtimeEndpoints.js';
import type { TransactionJournalInput } from '../../../contract/endpoints/realtimeEndpoints.js';
import type { ModelField } from '../../store/model/objectModel.js';
import type { GivenValues } from '../../store/values/validateRow.js';
import type { StoredJournal } from '../journalReader.js';
import { JournalResolver } from '../journalResolver.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { requirePending } from '../pendingJournal.js';
import { ProcessFailure } from '../processFailure.js';
import type { Program } from '../programDirectory.js';
import { serve } from '../serve.js';
import type { WriteContext } from '../writeContext.js';
import { realtimeAnswer, realtimeFailure } from './realtimeAnswer.js';
import { parseRealtime } from './realtimeRequest.js';

/**
 * Whether a failing request is atomic in an org is unpublished. Here it is: a request that is refused, or answered with
 * `status: false`, has stored nothing.
 */
const execute = serve(
  realtimeEndpoints.execute,
  (loyalty, { program, body, writing }) => {
    const context = { loyalty, writing, program };
    const journals = body.kind === 'new' ? insertNew(context, body.journals) : takeExisting(context, body.ids);
    const run = loyalty.engine.runProcesses(writing, { programId: program.id, journals });
    return realtimeAnswer(program.name, journals, run);
  },
  { readBody: parseRealtime, failure: (message, program) => realtimeFailure(program?.name ?? '', message) },
);

export const realtimeHandlers = [execute];

interface Execution {
  readonly loyalty: LoyaltyOrg;
  readonly writing: WriteContext;
  readonly program: Program;
}

/**
 * New journals are Processed whatever status they came with, also when no process matches: so an org was seen to do
 * it for `runProgramProcessForTransactionJournal`.
 */
function insertNew(
  { loyalty, writing, program }: Execution,
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

function takeExisting({ loyalty, writing, program }: Execution, ids: readonly string[]): StoredJournal[] {
  const found = loyalty.journals.read(ids);
  requireRunnable(program, ids, found);
  for (const { id } of found) {
    const { store, userId } = writing;
    store.update('TransactionJournal', id, { Status: 'Processed' }, { as: 'org', userId });
  }
  return found;
}

function isOwnUnique(field: ModelField | undefined): boolean {
  return field?.definition.unique === true && field.name.endsWith('__c');
}

/** Once each, of this program, and Pending. */
function requireRunnable(program: Program, ids: readonly string[], found: readonly StoredJournal[]): void {
  const byId = new Map(found.map((journal) => [journal.id, journal]));
  for (const id of ids) {
    const journal = byId.get(id);
    if (!journal) throw new ProcessFailure(`The transaction journal ${id} does not exist.`);
    if (journal.programId !== program.id) {
      throw new ProcessFailure(`The transaction journal ${id} does not belong to ${program.name}.`);
    }
    requirePending(journal);
  }
  if (byId.size < ids.length) throw new ProcessFailure('A transaction journal is given twice.');
}
