import { FeedError, isContentFault } from '../feed/index.js';
import type { RunEnding, RunNote } from '../outbox/index.js';
import type { StopReason } from './attempt.js';
import { notProved } from './finalCheck.js';

/**
 * Reasons that cast doubt on what was delivered. With one of them the run is not complete, even if nothing is left to
 * deliver.
 */
const stopsForPerson: ReadonlySet<string> = new Set([
  'ANOTHER_WRITER',
  'CONTROL_FAILED',
  'SOURCE_HELD',
  'MARKER_GONE',
  // The questions at the end of a run are not asked then.
  'RESERVE_REACHED',
  notProved.code,
]);

/**
 * Returns the ending of a run that was not interrupted.
 * @param isDone whether everything was read and nothing is left to deliver
 * @param isComplete whether nothing was unreadable, either
 */
export function runEnding(stopped: StopReason | undefined, isDone: boolean, isComplete: boolean): RunEnding {
  if (stopped && (!isDone || stopsForPerson.has(stopped.code))) return 'stopped';
  return isComplete ? 'complete' : 'unfinished';
}

/** Why a run may do something else than the dry run shows. */
export const unanswered: StopReason = {
  code: 'UNANSWERED',
  message: 'The org did not answer every question about members and keys, so that a run may do something else.',
  action: 'Start the dry run again when the org answers.',
};

/** Note of a run that was not interrupted and ended before it had read its feeds to the end. */
export const restUnread: RunNote = {
  code: 'rest-unread',
  message: 'The run ended before its feeds were read to the end. "sync resume" reads the rest.',
};

/** The same note of a service. */
export const feedsUnread: RunNote = {
  code: 'feeds-unread',
  message:
    'The service ended before the feeds that were added to it were read to the end. Add them to the next one. What was ' +
    'handed in for workers is read by the next worker.',
};

/** Returns why a run has failed. */
export function failureReason(error: unknown): StopReason {
  if (!(error instanceof Error)) return { code: 'ERROR', message: String(error) };
  const { name: code, message } = error;
  if (!(error instanceof FeedError)) return { code, message };
  return { code, message, action: error.actions.join(' '), startAgain: isContentFault(error.code) };
}

/** What the guarantee of a run rests on whose route leaves no key in the org. */
export const keyNotInOrg: RunNote = {
  code: 'key-not-in-org',
  message:
    'This route leaves no key in the org: only this outbox knows what was sent. Never send these transactions from ' +
    'another outbox, an older copy of it or an empty one, and let nothing else change the progress meanwhile.',
};
