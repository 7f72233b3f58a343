import type { StopReason } from '../attempt.js';
import type { MarkerRow } from './sourceMarker.js';

/**
 * Returns why a process may not send a source.
 * @param newest the newer record of another process; undefined if its own record was deleted
 */
export function heldBy(source: string, newest: MarkerRow | undefined): StopReason {
  if (!newest) {
    return {
      code: 'MARKER_GONE',
      message: `The marker of ${source} in the org is gone, so nobody knows whose turn it is. Nothing more was sent.`,
      action: 'Find out who deleted records of Loyalty_Sync_Source__c, then resume the run.',
    };
  }
  return {
    code: 'SOURCE_HELD',
    message: `The source ${source} is being sent by ${newest.Host__c ?? 'another process'} (epoch ${newest.Epoch__c}). This process sends nothing.`,
    action: 'Wait until it has ended, or end it. If you know that it is dead, give --take-over.',
  };
}
