import type { RejectionReason } from '../../feed/index.js';
import type { StopReason } from '../attempt.js';

/** What a pushed row or transaction lacks. `other-source`: its key does not begin with the source of the service. */
export type PushRejectionReason = RejectionReason | 'invalid' | 'other-source';

/** A pushed row or transaction cannot become a journal. Nothing was stored. */
export class RowRejectedError extends Error {
  override readonly name = 'RowRejectedError';

  constructor(
    readonly reason: PushRejectionReason,
    message: string,
    /** The column of the row, or the path in the transaction, with the problem. */
    readonly column?: string,
    /** Value of the column. */
    readonly value?: string,
  ) {
    super(message);
  }
}

/** The service takes no more pushes, because it is being drained, was interrupted, or has ended. */
export class ServiceClosedError extends Error {
  override readonly name = 'ServiceClosedError';
}

/** The run has stopped or failed. What was not answered can be pushed again to the next service. */
export class ServiceStoppedError extends Error {
  override readonly name = 'ServiceStoppedError';
  /** What to do next. */
  readonly actions: readonly string[];

  constructor(readonly reason: StopReason) {
    super(reason.message);
    this.actions = reason.action === undefined ? [] : [reason.action];
  }
}

/** Too much is open, or too many pushes wait. Try again later. */
export class ServiceBusyError extends Error {
  override readonly name = 'ServiceBusyError';

  constructor(
    /** Open transactions, of all runs. */
    readonly open: number,
    /** Pushes that are not stored yet. */
    readonly waiting: number,
  ) {
    super(`Nothing more is taken at present: ${open} transactions are open, and ${waiting} pushes wait to be stored.`);
  }
}
