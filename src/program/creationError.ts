import type { LoyaltyApiError } from '../client/index.js';
import { LostAnswerError } from '../client/index.js';
import type { EnsuredRecord, ProgramRecord } from './records/programRecord.js';

/**
 * A record of a program could not be created. Everything in `records` is in the org and stays there. Once the cause is
 * removed, the next call continues after it. `cause` is the client's error.
 */
export class ProgramCreationError extends Error {
  override readonly name = 'ProgramCreationError';
  readonly object: string;
  readonly recordName: string;
  /** What to do about it, as sentences. */
  readonly actions: readonly string[];

  constructor(
    record: ProgramRecord,
    cause: LoyaltyApiError | LostAnswerError,
    /** Records that were created or found before the error. */
    readonly records: readonly EnsuredRecord[],
  ) {
    super(messageOf(record, cause), { cause });
    this.object = record.object;
    this.recordName = record.name;
    this.actions = actionsFor(record, cause);
  }
}

function messageOf({ object, name }: ProgramRecord, cause: LoyaltyApiError | LostAnswerError): string {
  if (cause instanceof LostAnswerError)
    return `Whether the ${object} "${name}" was created is unknown: ${cause.message}`;
  const code = cause.errorCode === null ? `HTTP ${cause.status}` : cause.errorCode;
  return `The org refused the ${object} "${name}": ${cause.message} (${code})`;
}

function actionsFor({ object }: ProgramRecord, cause: LoyaltyApiError | LostAnswerError): string[] {
  if (cause instanceof LostAnswerError) {
    return ['Wait ten minutes, the longest that an org works on a request, then try again. Existing records are kept.'];
  }
  if (cause.status === 404 || cause.errorCode === 'INVALID_TYPE') {
    const what = object === 'LoyaltyProgramProcess' ? 'Promotion Setup (feature LoyaltyEngine)' : 'Loyalty Management';
    return [`Turn on ${what} in the org, and assign its permission set to the user.`];
  }
  if (cause.errorCode === 'INVALID_FIELD' || cause.errorCode === 'INVALID_FIELD_FOR_INSERT_UPDATE') {
    const setting = 'Negative balances also need the loyalty setting enableNegativePointBalance and API 61.';
    const advice = 'Give the user access to the field, or leave it out of the definition if the org does not have it.';
    return object === 'LoyaltyProgramCurrency' ? [advice, setting] : [advice];
  }
  if (object === 'LoyaltyProgramProcess') {
    return [
      'Make the process in Setup, or deploy it as LoyaltyProgramSetup metadata, under this name; then run it again.',
    ];
  }
  return [];
}
