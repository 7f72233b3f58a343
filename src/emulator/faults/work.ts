import type { Clock } from '../../base/clock.js';
import type { OrgCall } from '../http/orgCall.js';
import type { Outcome, Serve } from '../http/outcome.js';
import { Interruption } from '../interruption.js';
import type { RowLocks } from '../store/locks/rowLocks.js';

interface Parts {
  readonly clock: Clock;
  readonly locks: RowLocks;
  /** Aborts when the org ends. */
  readonly signal: AbortSignal;
}

/** Does the work of requests in the time that it is to take. */
export class Work {
  readonly #late = new Set<Promise<unknown>>();

  public constructor(private readonly parts: Parts) {}

  /** Work that goes on although its client has been sent away. */
  public get late(): ReadonlySet<Promise<unknown>> {
    return this.#late;
  }

  /**
   * @param time milliseconds; a write holds its rows for so long
   * @throws Interruption when the org ends first: then nothing is done
   */
  public async do(call: OrgCall, serve: Serve, time: number): Promise<Outcome> {
    const { clock, locks, signal } = this.parts;
    if (writesRows(call)) {
      return time === 0 && locks.isIdle ? serve(call) : locks.run(() => serve(call), time, signal);
    }
    if (time > 0) await clock.sleep(time, signal);
    if (signal.aborted) throw new Interruption('The org ends.');
    return serve(call);
  }

  /** Work that nobody waits for. */
  public later(work: () => Promise<unknown>): void {
    const done = work()
      .catch(() => undefined)
      .finally(() => this.#late.delete(done));
    this.#late.add(done);
  }
}

/**
 * Whether the request is one transaction of rows, which can be done twice if once is undone. Bulk jobs are not: they
 * are kept elsewhere and work later.
 */
function writesRows(call: OrgCall): boolean {
  return call.isApiCall && call.method !== 'GET' && !/^\/services\/data\/v[^/]+\/jobs\//.test(call.path);
}
