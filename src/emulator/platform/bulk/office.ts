import type { Org } from '../../org.js';
import { IdSequence, toRecordId } from '../../store/ids/idSequence.js';
import { Background } from './background.js';
import type { IngestJob } from './ingestJob.js';
import { Jobs } from './jobs.js';
import type { QueryJob } from './queryJob.js';

/** All that the bulk jobs of an org share. Jobs live in memory: they end with the org, the rows do not. */
export class BulkOffice {
  public readonly background: Background;
  public readonly ingestJobs: Jobs<IngestJob>;
  public readonly queryJobs: Jobs<QueryJob>;

  public constructor(public readonly org: Org) {
    // Ids of an earlier run of the same org are not given out again: they count milliseconds.
    const ids = new IdSequence('750', toRecordId('750', org.clock.now()));
    this.background = new Background(() => org.store.db.isOpen);
    this.ingestJobs = new Jobs(org.clock, ids);
    this.queryJobs = new Jobs(org.clock, ids);
  }
}
