import { runProgramProcessForTransactionJournal } from '../../../contract/actions/journalActions.js';
import { runnableProgram } from '../pendingJournal.js';
import { ProcessFailure } from '../processFailure.js';
import { serveAction } from './servedAction.js';

/**
 * Runs a journal that was inserted before, in any way, and sets it to Processed. A journal that fails stays Pending: an
 * org may set it to Error, but what it does is unpublished.
 */
export const runJournalProcess = serveAction(
  runProgramProcessForTransactionJournal,
  ({ engine, journals }, { writing, inputs }) => {
    const { store, userId } = writing;
    const { Id } = inputs.record('transactionJournalId', store, 'TransactionJournal');
    const [journal] = journals.read([Id]);
    if (!journal) throw new ProcessFailure(`The transaction journal ${Id} has no member.`);
    const programId = runnableProgram(journal);
    store.update('TransactionJournal', Id, { Status: 'Processed' }, { as: 'org', userId });
    engine.runProcesses(writing, { programId, journals: [journal] });
    return { status: 'true' as const };
  },
);
