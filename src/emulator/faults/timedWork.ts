import type { Clock } from '../../base/clock.js';
import type { OrgCall } from '../http/orgCall.js';
import type { RequestOutcome, Serve } from '../http/requestOutcome.js';
import { Interruption } from '../interruptedRequest.js';
import type { RowLocks } from '../store/locks/rowLocks.js';

interface Parts {
  readonly clock: Clock;
  readonly locks: RowLocks;
  /** Aborts when the org ends. */
  readonly signal: AbortSignal;
}

/** Does the work of requests in its planned time. */
export class TimedWork {
  readonly #late = new Set<Promise<unknown>>();

  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Work that continues after its client's connection was ended. */
  get late(): ReadonlySet<Promise<unknown>> {
    return this.#late;
  }

  /**
   * @param time milliseconds that the work takes; a write holds its rows during that time
   * @throws {Interruption} when the org ends first; nothing was done
   */
  async do(call: OrgCall, serve: Serve, time: number): Promise<RequestOutcome> {
    const { clock, locks, signal } = this.#parts;
    if (writesRows(call)) {
      return time === 0 && locks.isIdle ? serve(call) : locks.run(() => serve(call), time, signal);
    }
    if (time > 0) await clock.sleep(time, signal);
    if (signal.aborted) throw new Interruption('The org ends.');
    return serve(call);
  }

  /** Starts work that nothing waits for. */
  later(work: () => Promise<unknown>): void {
    const done = work()
      .catch(() => undefined)
      .finally(() => this.#late.delete(done));
    this.#late.add(done);
  }
}

/**
 * Whether the request writes rows in one transaction, which can be undone and done again. Requests for bulk jobs do
 * not: jobs are not rows, and they run later.
 */
function writesRows(call: OrgCall): boolean {
  return call.isApiCall && call.method !== 'GET' && !/^\/services\/data\/v[^/]+\/jobs\//.test(call.path);
}
