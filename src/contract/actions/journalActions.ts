import { action } from '../action.js';
import { flagOrText, recordId } from '../parameter.js';

/**
 * Guide: "Run Program Process for Transaction Journal". Runs the process that matches a journal, which must be Pending
 * and have a type. The journal becomes Processed even if no process matches it, without ledger or balance change.
 */
export const runProgramProcessForTransactionJournal = action({
  name: 'runProgramProcessForTransactionJournal',
  label: 'Run Program Process for Transaction Journal',
  since: 54,
  inputs: { transactionJournalId: recordId },
  outputs: { status: flagOrText },
});
