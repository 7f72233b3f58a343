import { performance } from 'node:perf_hooks';

/** Provides the time. It is passed in wherever time matters, so code can run on virtual time. */
export interface Clock {
  /** Wall-clock time in milliseconds since the epoch. It may jump: use it for records, never for elapsed time. */
  now(): number;
  /** Resolves after `ms` milliseconds, or immediately when the signal aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A clock that also measures elapsed time, even if the wall clock is changed. */
export interface MonotonicClock extends Clock {
  /** Milliseconds since a fixed moment in this process. The value never decreases. */
  monotonic(): number;
}

export const systemClock: MonotonicClock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) {
        resolve();
        return;
      }
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal?.addEventListener('abort', done);
    }),
};
