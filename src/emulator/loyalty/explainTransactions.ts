import type { TransactionJournalInput } from '../../contract/endpoints/realtimeEndpoints.js';
import type { ProcessTrace } from '../../rules/index.js';
import type { Org } from '../org.js';
import { OrgRefusal } from '../orgRefusal.js';
import { openLoyalty } from './loyaltyOrg.js';
import { ProcessFailure } from './processFailure.js';
import { insertJournals } from './realtime/insertJournals.js';
import { RulesFailure } from './rules/rulesFailure.js';
import { inOneTransaction, takenBack } from './writeContext.js';

/** What the loaded rules of a program did with transactions of one request. */
export interface ExplainedTransactions {
  /** For each transaction, up to a failure. None if the org refused the request before any rule. */
  readonly traces: readonly ProcessTrace[];
  /** Why the request failed. Then nothing of it is stored. */
  readonly failure: string | undefined;
}

export interface ExplainOptions {
  /** Name of a program whose rules were loaded. */
  readonly program: string;
  /** Id of the user who writes. */
  readonly userId: string;
  /** Whether the org keeps what the rules do. */
  readonly keeps: boolean;
}

/**
 * Runs transactions as one request in real time does.
 * @throws {Error} if there is no such program, or no rules were loaded for it
 */
export function explainTransactions(
  org: Org,
  given: readonly TransactionJournalInput[],
  { program: name, userId, keeps }: ExplainOptions,
): ExplainedTransactions {
  const loyalty = openLoyalty(org);
  const program = loyalty.programs.named(name, (message) => new Error(message));
  try {
    return inOneTransaction(org, userId, (writing) => {
      if (!loyalty.engine.loadedRules(writing, program.id))
        throw new Error(`No rules were loaded for ${program.name}.`);
      const work = (): ExplainedTransactions => {
        const journals = insertJournals({ loyalty, writing, program }, given);
        const { traces = [] } = loyalty.engine.runProcesses(writing, { programId: program.id, journals });
        return { traces, failure: undefined };
      };
      return keeps ? work() : takenBack(writing, work);
    });
  } catch (error) {
    if (error instanceof RulesFailure) return { traces: error.traces, failure: error.message };
    // What the org refuses before any rule runs: an unknown member, a date that is none.
    if (error instanceof ProcessFailure || error instanceof OrgRefusal) return { traces: [], failure: error.message };
    throw error;
  }
}
