import { LostAnswerError, LoyaltyApiError } from '../client/index.js';
import type { LoyaltyCallError } from '../client/index.js';
import { counted } from '../base/text/counted.js';
import type { AppliedRecord } from './apply/appliedRecord.js';
import { featureAdvice } from './plan/fieldRefusals.js';
import type { PlanEntry } from './plan/programPlan.js';

/** What failed: an entry of a plan, and the number of other entries in the same request. */
interface FailedEntry {
  readonly entry: PlanEntry;
  readonly others: number;
}

/**
 * A record of a program could not be written. Everything in `records` is in the org and stays there. Once the cause is
 * removed, the next call continues after it. `cause` is the client's error.
 */
export class ProgramCreationError extends Error {
  override readonly name = 'ProgramCreationError';
  readonly object: string;
  readonly recordName: string;
  /** Whether the record may be in the org all the same: the answer was lost, or a gateway answered. */
  readonly isUnknown: boolean;
  /** Whether the same call can succeed later without any change: the org was busy, or the record may be there. */
  readonly isUnfinished: boolean;
  /** What to do about it, as sentences. */
  readonly actions: readonly string[];

  constructor(
    failed: FailedEntry,
    override readonly cause: LoyaltyCallError,
    /** What was done or found before the error. */
    readonly records: readonly AppliedRecord[],
  ) {
    super(messageOf(failed, cause), { cause });
    this.object = failed.entry.object;
    this.recordName = failed.entry.name;
    this.isUnknown = isUnknown(cause);
    this.isUnfinished = this.isUnknown || isBusy(cause);
    this.actions = actionsFor(failed.entry, cause);
  }
}

const deeds = { create: 'created', change: 'changed', delete: 'deleted', leave: 'left', cannot: 'written' } as const;

function isUnknown(cause: LoyaltyCallError): boolean {
  return cause instanceof LostAnswerError || cause.verdict.kind === 'unknown';
}

/** Whether the org refused for now, such as for a locked row or too many requests. */
function isBusy(cause: LoyaltyCallError): boolean {
  return cause.verdict.kind === 'later';
}

function messageOf({ entry: { object, name, action }, others }: FailedEntry, cause: LoyaltyCallError): string {
  if (isUnknown(cause)) {
    const subject =
      others === 0 ? `${object} "${name}" was` : `${object} "${name}" and ${counted(others, 'other')} were`;
    return `Whether the ${subject} ${deeds[action]} is unknown: ${cause.message}`;
  }
  const code = cause.errorCode ?? (cause instanceof LoyaltyApiError ? `HTTP ${cause.status}` : cause.name);
  return `The org refused the ${object} "${name}": ${cause.message} (${code})`;
}

function actionsFor({ object }: PlanEntry, cause: LoyaltyCallError): string[] {
  if (isUnknown(cause)) {
    return ['Wait ten minutes, the longest that an org works on a request, then try again. Existing records are kept.'];
  }
  if (isBusy(cause)) return ['The org is busy. Try again later; what is written stays, and is not written again.'];
  if ((cause instanceof LoyaltyApiError && cause.status === 404) || cause.errorCode === 'INVALID_TYPE') {
    return [featureAdvice(object)];
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
