import { endedBatchJobs } from '../../../contract/bulkJobs.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';

/** What is known of a job when it is submitted. */
export interface SubmittedJob {
  /** Name of its definition. */
  readonly name: string;
  readonly type: 'Calc' | 'DecisionTableRefresh' | 'LoyaltyProgramProcess';
  readonly userId: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

export interface FailedRecord {
  readonly id: string;
  readonly message: string;
}

/** What a part has done. */
export interface PartResult {
  readonly processed: number;
  readonly failures: readonly FailedRecord[];
}

type Values = Readonly<Record<string, string | number | null>>;

const longestError = 1333;

/** The records of one job: BatchJob, its parts, and the records that failed in them. */
export class JobRecords {
  #processed = 0;
  #failed = 0;
  readonly #loyalty: LoyaltyOrg;

  private constructor(
    loyalty: LoyaltyOrg,
    readonly id: string,
    readonly job: SubmittedJob,
  ) {
    this.#loyalty = loyalty;
  }

  static submit(loyalty: LoyaltyOrg, job: SubmittedJob): JobRecords {
    const { store } = loyalty.org;
    const values = {
      ...{ Name: job.name, BatchJobDefinitionName: job.name, Type: job.type, Status: 'Submitted' },
      ...{ StartTime: timeOf(loyalty), RetryCount: 0, RuntimeParameter: JSON.stringify(job.inputs ?? {}) },
    };
    return new JobRecords(loyalty, store.insert('BatchJob', values, { as: 'org', userId: job.userId }), job);
  }

  /** Whether the job still has to run: it was not canceled, and the request that submitted it was not undone. */
  isOpen(): boolean {
    const status = this.#loyalty.org.store.get('BatchJob', this.id)?.['Status'];
    return typeof status === 'string' && !endedBatchJobs.some((ended) => ended === status);
  }

  /** @param sizes how many records each part has. @returns the Ids of the parts */
  begin(sizes: readonly number[]): string[] {
    const { store } = this.#loyalty.org;
    return store.transaction(() => {
      const total = sizes.reduce((sum, size) => sum + size, 0);
      this.#write('BatchJob', this.id, { Status: 'InProgress', TotalInputRecordCount: total });
      return sizes.map((size, index) =>
        store.insert(
          'BatchJobPart',
          { BatchJobId: this.id, Name: `Part ${index + 1}`, Status: 'New', InputRecordCount: size, RetryCount: 0 },
          this.#by,
        ),
      );
    });
  }

  beginPart(part: string): void {
    this.#write('BatchJobPart', part, { Status: 'InProgress', StartTime: timeOf(this.#loyalty) });
  }

  /** A part has failed if all its records have, which is inferred. */
  endPart(part: string, { processed, failures }: PartResult): void {
    const { store } = this.#loyalty.org;
    const hasFailed = failures.length > 0 && processed === 0;
    this.#write('BatchJobPart', part, {
      Status: hasFailed ? 'Failed' : 'Completed',
      EndTime: timeOf(this.#loyalty),
      OutputRecordCount: processed,
      FailedRecordCount: failures.length,
    });
    for (const { id, message } of failures) {
      const record = { BatchJobId: this.id, BatchJobPartId: part, Record: id, Status: 'Failed', Name: id };
      const values = { ...record, ErrorDescription: message.slice(0, longestError) };
      store.insert('BatchJobPartFailedRecord', values, this.#by);
    }
    this.#processed += processed;
    this.#failed += failures.length;
    this.#write('BatchJob', this.id, { TotalProcessedRecordCount: this.#processed });
  }

  complete(): void {
    this.#end({ Status: this.#failed > 0 ? 'CompletedWithFailures' : 'Completed' });
  }

  /** What has been done stays; the parts that have not run are canceled. */
  fail(message: string): void {
    this.#loyalty.org.store.transaction(() => {
      cancelParts(this.#loyalty, this.id);
      this.#end({ Status: 'Failed', ErrorDescription: message.slice(0, longestError) });
    });
  }

  get #by() {
    return { as: 'org', userId: this.job.userId } as const;
  }

  #end(values: Values): void {
    this.#write('BatchJob', this.id, { ...values, EndTime: timeOf(this.#loyalty) });
  }

  #write(object: string, id: string, values: Values): void {
    this.#loyalty.org.store.update(object, id, values, this.#by);
  }
}

/** Jobs that have not ended. */
export function openJobs(
  { org: { store } }: LoyaltyOrg,
  criteria: Readonly<Record<string, string>> = {},
): SObjectRow[] {
  const ended: readonly unknown[] = endedBatchJobs;
  return store.find('BatchJob', criteria).filter(({ Status }) => !ended.includes(Status));
}

/** Ends a job that runs, or has not begun to. What its parts have done stays. */
export function cancelJob(loyalty: LoyaltyOrg, id: string, userId: string): void {
  cancelParts(loyalty, id);
  const values = { Status: 'Canceled', EndTime: timeOf(loyalty) };
  loyalty.org.store.update('BatchJob', id, values, { as: 'org', userId });
}

/** Nothing goes on with the jobs of an org that ended while they ran. */
export function failInterruptedJobs(loyalty: LoyaltyOrg): void {
  const { store } = loyalty.org;
  for (const { Id } of openJobs(loyalty)) {
    cancelParts(loyalty, Id);
    const values = { Status: 'Failed', EndTime: timeOf(loyalty), ErrorDescription: 'The org ended while the job ran.' };
    store.update('BatchJob', Id, values, { as: 'org' });
  }
}

function cancelParts(loyalty: LoyaltyOrg, jobId: string): void {
  const { store } = loyalty.org;
  for (const { Id, Status } of store.find('BatchJobPart', { BatchJobId: jobId })) {
    if (Status !== 'New' && Status !== 'InProgress') continue;
    store.update('BatchJobPart', Id, { Status: 'Canceled', EndTime: timeOf(loyalty) }, { as: 'org' });
  }
}

function timeOf({ org: { clock } }: LoyaltyOrg): string {
  return new Date(clock.now()).toISOString();
}
