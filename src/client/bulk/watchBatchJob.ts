import { systemClock } from '../../base/clock.js';
import type { MonotonicClock } from '../../base/clock.js';
import type { BatchJobState } from './batchJobProgress.js';

/** What tells how far a job is: `client.batchJobs`. */
interface JobStates {
  state(id: string): Promise<BatchJobState | undefined>;
}

export interface BatchWatchOptions {
  /** Milliseconds after which it returns, also if the job still runs. Default: no limit. */
  readonly wait?: number | undefined;
  /** Ends the watching. The job goes on. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (state: BatchJobState) => void;
  readonly clock?: MonotonicClock;
}

/** A job is not in the org, or not visible to this user. */
export class UnknownBatchJobError extends Error {
  override readonly name = 'UnknownBatchJobError';

  constructor(readonly id: string) {
    super(`The org has no batch job ${id} that this user can see.`);
  }
}

/** Milliseconds between questions. Each costs a call, and most jobs take minutes. */
const firstPause = 250;
const longestPause = 10_000;

/**
 * Asks how far a job is until it has ended, the time is over, or the signal is aborted, and returns the last answer:
 * `isEnded` says which it was.
 *
 * @throws {UnknownBatchJobError}
 */
export async function watchBatchJob(
  jobs: JobStates,
  id: string,
  { wait = Infinity, signal, onProgress, clock = systemClock }: BatchWatchOptions = {},
): Promise<BatchJobState> {
  const end = clock.monotonic() + wait;
  for (let pause = firstPause; ; pause = Math.min(longestPause, pause * 1.5)) {
    const state = await jobs.state(id);
    if (!state) throw new UnknownBatchJobError(id);
    onProgress?.(state);
    const left = end - clock.monotonic();
    if (state.isEnded || left <= 0 || signal?.aborted) return state;
    await clock.sleep(Math.min(pause, left), signal);
  }
}
