import { LostAnswerError, LoyaltyApiError, LoyaltyCallError, RefusedRecordError } from '../../client/index.js';
import type { MonotonicClock } from '../../base/clock.js';
import { ProgramCreationError } from '../creationError.js';
import type { PlanEntry } from '../plan/programPlan.js';
import type { ProgramClient } from '../programClient.js';
import type { AppliedRecord } from './appliedRecord.js';
import type { ProgramRecord } from '../records/programRecord.js';

export interface ApplyOptions {
  readonly clock: MonotonicClock;
  /** Milliseconds after which a request whose answer was lost has certainly been carried out or not. */
  readonly settle: number;
  readonly onApplied?: ((record: AppliedRecord) => void) | undefined;
  /** Receives the milliseconds that are waited for, until an earlier request has certainly ended. */
  readonly onWait?: ((milliseconds: number) => void) | undefined;
}

/** A plan that is being applied, and what has been done so far. */
export class Application {
  readonly ids = new Map<ProgramRecord, string>();
  readonly applied = new Map<PlanEntry, AppliedRecord>();

  constructor(
    readonly client: ProgramClient,
    readonly options: ApplyOptions,
  ) {}

  /** What has been done, and what was already there, in the order in which it became known. */
  get records(): AppliedRecord[] {
    return [...this.applied.values()];
  }

  done(entry: PlanEntry, id: string, status = statuses[entry.action]): void {
    const { object, name } = entry;
    const record = { object, name, id, status };
    this.applied.set(entry, record);
    if (status !== 'existing') this.options.onApplied?.(record);
  }

  /**
   * Sends a write for these entries.
   * @throws {ProgramCreationError} if the org refused it, or if the answer was lost
   */
  async attempt<T>(entries: readonly PlanEntry[], write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      const entry = error instanceof RefusedRecordError ? entries[error.index] : entries[0];
      const cause = error instanceof RefusedRecordError ? error.cause : error;
      if (!entry || !isAboutRecords(cause)) throw error;
      throw new ProgramCreationError({ entry, others: entries.length - 1 }, cause, this.records);
    }
  }
}

const statuses: Readonly<Record<PlanEntry['action'], AppliedRecord['status']>> = {
  create: 'created',
  change: 'changed',
  delete: 'deleted',
  leave: 'existing',
  cannot: 'existing',
};

/** Tells whether the failure concerns the records. An expired session says nothing about them. */
function isAboutRecords(error: unknown): error is LoyaltyCallError {
  if (error instanceof LostAnswerError) return error.mayHaveHappened;
  return error instanceof LoyaltyCallError && !(error instanceof LoyaltyApiError && error.status === 401);
}
