import type { Clock } from '../../../base/clock.js';
import { ApiUsage } from '../../http/apiUsage.js';

const megabyte = 1024 * 1024;

/** The org's allocations for bulk jobs, and how much was used in the last 24 hours. Each `max` can be set. */
export class BulkUsage {
  /** Internal batches of ingest jobs, shared with Bulk API 1.0: `DailyBulkApiBatches`. */
  public readonly batches: ApiUsage;
  /** `DailyBulkV2QueryJobs` */
  public readonly queryJobs: ApiUsage;
  /** Bytes of query results: `DailyBulkV2QueryFileStorageMB`. They are counted, but a job is never refused for them. */
  public readonly queryBytes: ApiUsage;

  public constructor(clock: Clock) {
    this.batches = new ApiUsage(clock, 15_000);
    this.queryJobs = new ApiUsage(clock, 10_000);
    this.queryBytes = new ApiUsage(clock, 976_562 * megabyte);
  }

  public get queryMegabytes(): { readonly max: number; readonly used: number } {
    return { max: this.queryBytes.max / megabyte, used: Math.ceil(this.queryBytes.used / megabyte) };
  }
}
