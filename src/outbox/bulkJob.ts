/** An ingest job of the org, by which items are being sent: stored before its rows are uploaded. */
export interface BulkJob {
  /** Id of the job in the org. */
  readonly id: string;
  /** Positions of those of its items that are still open, and that no correction has replaced. */
  readonly items: readonly number[];
}

/** The jobs of the org that may still write rows. While one is stored, its items are looked up by nobody else. */
export interface BulkJobs {
  /** Returns jobs that no process has ended, in the order in which they were begun. */
  unended(): Promise<readonly BulkJob[]>;
  /** Stores a job with the intent to upload these items. */
  begin(id: string, items: readonly number[]): Promise<void>;
  /** Records that the job is over, and that what became of its items is stored. */
  end(ids: readonly string[]): Promise<void>;
}
