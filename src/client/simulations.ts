import { counted } from '../base/text/counted.js';
import { requestName } from '../contract/endpoint.js';
import { maxJournalsPerRequest, realtimeEndpoints } from '../contract/endpoints/realtimeEndpoints.js';
import type { RealtimeResponse } from '../contract/endpoints/realtimeEndpoints.js';
import type { JournalSimulation } from '../contract/endpoints/simulationShapes.js';
import { LostAnswerError } from './failures/callErrors.js';

/** @throws {RangeError} */
export function requireCount(journals: readonly unknown[]): void {
  if (journals.length > 0 && journals.length <= maxJournalsPerRequest) return;
  throw new RangeError(`A request holds 1 to ${maxJournalsPerRequest} journals, not ${journals.length}.`);
}

/**
 * Returns the simulations in an answer to `sent` journals. An answer with results of an execution comes from an org
 * that has run them.
 *
 * @throws {LostAnswerError}
 */
export function simulationsIn(response: RealtimeResponse, sent: number): JournalSimulation[] {
  const { simulationResults, processResult } = response;
  const simulations = simulationResults?.transactionJournals ?? [];
  const hasRun = (processResult?.transactionJournalResult ?? []).length > 0;
  if (simulations.length === sent && !hasRun) return simulations;
  const message = hasRun
    ? 'The org answered a simulation with the results of an execution: the journals may have been run.'
    : `The org answered ${counted(simulations.length, 'simulation')} of ${counted(sent, 'journal')}.`;
  const failure = new LostAnswerError('unreadable', message, true, { isRead: !hasRun });
  throw failure.ofRequest(requestName(realtimeEndpoints.execute));
}
