import type { StopReason } from '../attempt.js';
import type { MarkerRow } from './sourceMarker.js';

/** Nothing is sent unless the latest heartbeat is younger than this, in milliseconds. */
export const heartbeatLife = 60_000;

/** Returns the org's time from which on a process without another heartbeat certainly sends nothing more. */
export function freeAt({ SystemModstamp }: MarkerRow): number {
  return Date.parse(SystemModstamp) + 2 * heartbeatLife;
}

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
    action:
      'Wait until it has ended, or end it. If it is dead, the source is free two minutes after its last heartbeat, ' +
      `at ${inSeconds(freeAt(newest))}, or at once with --take-over.`,
  };
}

/** The org tells its time in whole seconds. */
function inSeconds(time: number): string {
  return new Date(Math.ceil(time / 1000) * 1000).toISOString().replace('.000', '');
}
