import type { Org } from '../../org.js';
import { IdSequence, toRecordId } from '../../store/ids/idSequence.js';
import { Background } from './background.js';
import type { IngestJob } from './ingestJob.js';
import { Jobs } from './jobs.js';
import type { QueryJob } from './queryJob.js';

/** Shared by all bulk jobs of an org. Jobs are kept in memory and end with the org's process, but the rows remain. */
export class BulkOffice {
  public readonly background: Background;
  public readonly ingestJobs: Jobs<IngestJob>;
  public readonly queryJobs: Jobs<QueryJob>;

  public constructor(public readonly org: Org) {
    // The first id is made from the time in milliseconds, so ids of an earlier run of the same org do not recur.
    const ids = new IdSequence('750', toRecordId('750', org.clock.now()));
    this.background = new Background(() => org.store.db.isOpen);
    this.ingestJobs = new Jobs(org.clock, ids);
    this.queryJobs = new Jobs(org.clock, ids);
  }
}
