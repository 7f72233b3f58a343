import { performance } from 'node:perf_hooks';

/** Time, passed in wherever it matters, so that an engine can be run on virtual time. */
export interface Clock {
  /** Wall-clock time in milliseconds since the epoch. It may jump: use it for records, never for elapsed time. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A clock that also measures elapsed time, whatever becomes of the wall clock. */
export interface MonotonicClock extends Clock {
  /** Milliseconds that only ever grow, from an origin of this process. */
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
