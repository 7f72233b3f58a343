import { realtimeEndpoints } from '../../../contract/endpoints/realtimeEndpoints.js';
import type { RealtimeResponse } from '../../../contract/endpoints/realtimeEndpoints.js';
import type { StoredJournal } from '../journalReader.js';
import { requirePending, requireSimulable } from '../pendingJournal.js';
import { ProcessFailure } from '../processFailure.js';
import { programText } from '../programDirectory.js';
import { serve } from '../serve.js';
import { takenBack } from '../writeContext.js';
import { insertJournals } from './insertJournals.js';
import type { JournalWriting } from './insertJournals.js';
import { loadedSimulation } from './loadedSimulation.js';
import { realtimeAnswer, realtimeFailure } from './realtimeAnswer.js';
import { parseRealtime } from './realtimeRequest.js';
import type { GivenJournals } from './realtimeRequest.js';
import { withRewards } from './realtimeRewards.js';
import { simulationAnswer } from './simulationAnswer.js';

/**
 * Whether a failing request is atomic in an org is unpublished. Here it is: a request that is refused, or answered with
 * `status: false`, has stored nothing.
 */
const execute = serve(
  realtimeEndpoints.execute,
  (loyalty, { program, body, writing }) => {
    const context = { loyalty, writing, program };
    if (body.isSimulation) return takenBack(writing, () => simulate(context, body));
    const journals = body.kind === 'new' ? insertJournals(context, body.journals) : takeExisting(context, body.ids);
    const run = loyalty.engine.runProcesses(writing, { programId: program.id, journals });
    const { applied, countsCoupons } = body;
    return realtimeAnswer(program.name, journals, withRewards(context, run, { journals, applied, countsCoupons }));
  },
  { readBody: parseRealtime, failure: (message, program) => realtimeFailure(program?.name ?? '', message) },
);

export const realtimeHandlers = [execute];

/** A journal that was run before can be simulated, too. What is written is for the caller to take back. */
function simulate(context: JournalWriting, given: GivenJournals): RealtimeResponse {
  const { loyalty, writing, program } = context;
  const journals =
    given.kind === 'new' ? insertJournals(context, given.journals) : existing(context, given.ids, requireSimulable);
  const run = { programId: program.id, journals };
  const rules = loyalty.engine.loadedRules(writing, program.id);
  if (rules) {
    const traces = loyalty.engine.traceLoaded(writing, run, rules);
    return loadedSimulation(program.name, traces, processIds(context));
  }
  const traced = loyalty.engine.traceProcesses(writing, run);
  return simulationAnswer(program.name, traced);
}

function processIds({ writing, program }: JournalWriting): Map<string, string> {
  const rows = writing.store.find('LoyaltyProgramProcess', { LoyaltyProgramId: program.id });
  return new Map(rows.map((row) => [programText(row, 'Name'), row.Id]));
}

function takeExisting(context: JournalWriting, ids: readonly string[]): StoredJournal[] {
  const found = existing(context, ids, requirePending);
  for (const { id } of found) {
    const { store, userId } = context.writing;
    store.update('TransactionJournal', id, { Status: 'Processed' }, { as: 'org', userId });
  }
  return found;
}

/** Once each, of this program, and in the right state. */
function existing(
  { loyalty, program }: JournalWriting,
  ids: readonly string[],
  requireState: (journal: StoredJournal) => void,
): StoredJournal[] {
  const found = loyalty.journals.read(ids);
  const byId = new Map(found.map((journal) => [journal.id, journal]));
  for (const id of ids) {
    const journal = byId.get(id);
    if (!journal) throw new ProcessFailure(`The transaction journal ${id} does not exist.`);
    if (journal.programId !== program.id) {
      throw new ProcessFailure(`The transaction journal ${id} does not belong to ${program.name}.`);
    }
    requireState(journal);
  }
  if (byId.size < ids.length) throw new ProcessFailure('A transaction journal is given twice.');
  return found;
}
