import type { Clock } from '../../../base/clock.js';
import { notFound } from '../../orgRefusal.js';
import { to18 } from '../../store/ids/recordIds.js';
import type { IdSequence } from '../../store/ids/idSequence.js';
import { isOver } from './jobState.js';
import type { JobState } from './jobState.js';

const hour = 3_600_000;
/** Guide: a job may be open for 24 hours, and any job is deleted after 7 days. */
const openFor = 24 * hour;
const keptFor = 7 * 24 * hour;
/** Maximum number of jobs in one page of the list. */
const pageSize = 1_000;

/** The part of a job that the list of jobs uses. */
export interface RegisteredJob {
  readonly id: string;
  readonly state: JobState;
  /** Milliseconds since the epoch. */
  readonly changedAt: number;
  /** Called when the job was open for too long. */
  expire(): void;
}

/** The jobs of one kind, by id. Jobs that are too old are removed at the next request. */
export class JobRegister<Job extends RegisteredJob> {
  readonly #jobs = new Map<string, Job>();

  readonly #clock: Clock;
  readonly #ids: IdSequence;

  /** @param ids shared by all kinds of jobs: `750…` */
  constructor(clock: Clock, ids: IdSequence) {
    this.#clock = clock;
    this.#ids = ids;
  }

  add(create: (id: string) => Job): Job {
    this.#forgetOld();
    const job = create(this.#ids.next().id);
    this.#jobs.set(job.id, job);
    return job;
  }

  /** @throws {OrgRefusal} 404 NOT_FOUND when there is no job with this id */
  find(id: string): Job {
    this.#forgetOld();
    const job = this.#jobs.get(to18(id));
    if (!job) throw notFound();
    return job;
  }

  remove(job: Job): void {
    this.#jobs.delete(job.id);
  }

  /** Returns up to a thousand jobs that come after the job in the locator. */
  page(locator: string | null): { readonly jobs: readonly Job[]; readonly next: string | undefined } {
    this.#forgetOld();
    const after = locator === null ? '' : Buffer.from(locator, 'base64url').toString('latin1');
    const rest = [...this.#jobs.values()].filter(({ id }) => id > after);
    const jobs = rest.slice(0, pageSize);
    const last = rest.length > pageSize ? jobs.at(-1) : undefined;
    return { jobs, next: last && Buffer.from(last.id, 'latin1').toString('base64url') };
  }

  #forgetOld(): void {
    const now = this.#clock.now();
    for (const job of this.#jobs.values()) {
      const age = now - job.changedAt;
      if (job.state === 'Open' && age > openFor) job.expire();
      if (isOver(job.state) && age > keptFor) this.#jobs.delete(job.id);
    }
  }
}
