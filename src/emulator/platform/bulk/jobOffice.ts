import type { Org } from '../../org.js';
import { IdSequence, toRecordId } from '../../store/ids/idSequence.js';
import { Background } from './backgroundJobs.js';
import type { IngestJob } from './ingest/ingestJob.js';
import { JobRegister } from './jobRegister.js';
import type { QueryJob } from './query/bulkQueryJob.js';

/** Shared by all bulk jobs of an org. Jobs are kept in memory and end with the org's process, but the rows remain. */
export class JobOffice {
  readonly background: Background;
  readonly ingestJobs: JobRegister<IngestJob>;
  readonly queryJobs: JobRegister<QueryJob>;

  constructor(readonly org: Org) {
    // The first id is made from the time in milliseconds, so ids of an earlier run of the same org do not recur.
    const ids = new IdSequence('750', toRecordId('750', org.clock.now()));
    this.background = new Background(() => org.store.db.isOpen);
    this.ingestJobs = new JobRegister(org.clock, ids);
    this.queryJobs = new JobRegister(org.clock, ids);
  }
}
