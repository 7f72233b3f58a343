import type { Clock } from '../../../base/clock.js';
import { DailyCalls } from '../../http/dailyCalls.js';

const megabyte = 1024 * 1024;

/** The org's allocations for bulk jobs, and how much was used in the last 24 hours. Each `max` can be set. */
export class BulkUsage {
  /** Internal batches of ingest jobs, shared with Bulk API 1.0: `DailyBulkApiBatches`. */
  readonly batches: DailyCalls;
  /** `DailyBulkV2QueryJobs` */
  readonly queryJobs: DailyCalls;
  /** Bytes of query results: `DailyBulkV2QueryFileStorageMB`. They are counted, but a job is never refused for them. */
  readonly queryBytes: DailyCalls;

  constructor(clock: Clock) {
    this.batches = new DailyCalls(clock, 15_000);
    this.queryJobs = new DailyCalls(clock, 10_000);
    this.queryBytes = new DailyCalls(clock, 976_562 * megabyte);
  }

  get queryMegabytes(): { readonly max: number; readonly used: number } {
    return { max: this.queryBytes.max / megabyte, used: Math.ceil(this.queryBytes.used / megabyte) };
  }
}
