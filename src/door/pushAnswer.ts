import {
  isOutboxError,
  OutboxDatabaseError,
  RowRejectedError,
  ServiceBusyError,
  ServiceClosedError,
  ServiceStoppedError,
} from '../sync/index.js';
import type { KeyOutcome, PushResult, SkippedPush, StoredPush } from '../sync/index.js';
import { DoorRefusal, retryAfter } from './doorRefusal.js';
import type { DoorError } from './doorRefusal.js';

/** What the door answers about one transaction. */
export interface PushAnswer {
  /** The HTTP status. */
  readonly status: number;
  readonly key?: string | undefined;
  /** What the push turned out to be: see "The same key again" in `docs/sync-protocol.md`. */
  readonly is?: (PushResult | SkippedPush | StoredPush)['is'] | undefined;
  /** What is known of the key. */
  readonly known?: KeyOutcome | undefined;
  readonly error?: DoorError | undefined;
}

const statuses = {
  stored: 202,
  accepted: 202,
  corrected: 202,
  openBefore: 202,
  takenUpByItself: 202,
  known: 200,
  superseded: 200,
  repeatAccepted: 200,
  forgotten: 200,
  skipped: 200,
  refusedBefore: 422,
  conflict: 409,
} as const;

/** States of a key that was pushed before, which a person has to look at. */
const badStates: Readonly<Record<string, 409 | 422 | undefined>> = { refused: 422, conflictInOrg: 409, doubled: 409 };

/** Answers a push that is stored, or that the outbox has decided about. */
export function pushAnswer(result: PushResult | SkippedPush | StoredPush): PushAnswer {
  if (result.is === 'skipped') return { status: statuses.skipped, is: 'skipped' };
  if (result.is === 'stored') return { status: statuses.stored, key: result.key, is: 'stored' };
  const { key, is, known } = result;
  const status = badStates[known?.is ?? ''] ?? statuses[is];
  return { status, key, is, known, ...(status >= 400 && { error: problemOf(result, status) }) };
}

function problemOf({ key, known }: PushResult, status: number): DoorError {
  if (status === 409) {
    const message = `The key ${key} is known with other content, or is in the org more than once. Nothing was stored: give another purchase a key of its own, or see "sync report".`;
    return { code: 'CONFLICT', message };
  }
  const reason = known?.code === undefined ? '' : ` (${known.code}: ${known.message ?? ''})`;
  const message = `The transaction ${key} was refused before${reason}. Nothing was stored: push it corrected, or use "sync retry" when the cause is gone.`;
  return { code: 'REFUSED_BEFORE', message };
}

/** Answers a push that failed. Undefined for an error that the caller can do nothing about. */
export function failedAnswer(error: unknown): PushAnswer | undefined {
  const refusal = refusalOf(error);
  return refusal && { status: refusal.status, error: { code: refusal.code, message: refusal.message } };
}

/** Returns what a failure means for the caller, if it means anything. */
export function refusalOf(error: unknown): DoorRefusal | undefined {
  if (error instanceof DoorRefusal) return error;
  if (error instanceof RowRejectedError) return new DoorRefusal(422, codeOf(error.reason), error.message);
  if (error instanceof ServiceBusyError) {
    const message = 'Too much is waiting at present. Nothing was stored: push it again after the time in Retry-After.';
    return new DoorRefusal(429, 'BUSY', message, retryAfter.busy);
  }
  if (error instanceof ServiceStoppedError) {
    const message = `The delivery has stopped (${error.reason.code}). Nothing was stored: push it again when the service runs again.`;
    return new DoorRefusal(503, 'STOPPED', message, retryAfter.closed);
  }
  if (error instanceof ServiceClosedError) return draining();
  if (error instanceof OutboxDatabaseError && error.isPassing) {
    const message = 'The database of the outbox is away. Push it again after the time in Retry-After.';
    return new DoorRefusal(503, 'OUTBOX_AWAY', message, retryAfter.closed);
  }
  if (!isOutboxError(error)) return undefined;
  const message = 'The outbox cannot be written. Push it again when the service runs again.';
  return new DoorRefusal(503, 'OUTBOX_FAILED', message, retryAfter.closed);
}

export function draining(): DoorRefusal {
  const message = 'The service is ending. Nothing was stored: push it again when the service runs again.';
  return new DoorRefusal(503, 'ENDING', message, retryAfter.closed);
}

/** `missing-member` → `MISSING_MEMBER` */
function codeOf(reason: string): string {
  return reason.toUpperCase().replaceAll('-', '_');
}
