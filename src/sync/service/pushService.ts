import type { KeyOutcome, PushResult, SkippedPush } from './pushResult.js';
import type { ServiceClosedError, ServiceStoppedError } from './serviceErrors.js';

/** A push is on disk, in the inbox of a shared outbox. What it is, such as known before, is decided when it is taken. */
export interface StoredPush {
  readonly key: string;
  readonly member: string;
  readonly is: 'stored';
  readonly known?: undefined;
}

/** A transaction that waits in the inbox of a shared outbox. */
export interface StoredKey {
  readonly key: string;
  readonly member: string;
  readonly is: 'stored';
  readonly isOpen: true;
}

/** What takes pushes: a process that delivers them itself, or one that hands them in for another one. */
export interface PushService {
  /**
   * Stores a transaction, or a row, and tells what it is.
   * @throws {RowRejectedError} if it cannot become a journal
   * @throws {ServiceBusyError} at once, when too much is open or waits
   */
  tryPush(given: object): Promise<PushResult | SkippedPush | StoredPush>;
  /** Returns the present state of a transaction. Undefined if nobody knows the key. */
  outcome(key: string): Promise<KeyOutcome | StoredKey | undefined>;
  /** Whether a push would be stored soon. */
  readonly canPush: boolean;
  /** Why nothing is taken any more; undefined while pushes are taken. */
  readonly closed: ServiceClosedError | ServiceStoppedError | undefined;
}
