import { RequestBody } from '../../http/requestBody.js';
import { OrgRefusal } from '../../orgRefusal.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { ProcessFailure } from '../processFailure.js';

/** A transaction of a job, as injected faults see it. */
export interface JobTransaction {
  /** Address below which the job was started. */
  readonly path: string;
  /** What it works on, a line each. */
  readonly lines: readonly string[];
}

/** The fault that strikes a transaction of a job. */
export interface StruckJob {
  readonly isWholeJob: boolean;
  readonly message: string;
}

/** Lets requests be served, waits as long as the transaction takes by the faults of the org, and returns what strikes it. */
export function* beforeTransaction(
  { org: { faults, clock } }: LoyaltyOrg,
  { path, lines }: JobTransaction,
): Generator<Promise<unknown> | undefined, StruckJob | undefined, undefined> {
  const body = new RequestBody(Buffer.from(lines.join('\n')));
  const { time, fault } = faults.ofJob({ path: `/services/data/v66.0${path}`, body });
  yield time > 0 ? clock.sleep(time, faults.ended) : undefined;
  return fault && { isWholeJob: fault.fault === 'jobFailure', message: fault.message };
}

/** What the org says about work that it could not do; undefined if it could. */
export function rowFailureOf(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof ProcessFailure || error instanceof OrgRefusal) return error.message;
    throw error;
  }
}
