import { OrgRefusal } from '../../orgRefusal.js';
import { toRecordId } from '../../store/ids/idSequence.js';
import { to18 } from '../../store/ids/recordIds.js';
import type { OrgMetadata } from '../components/orgMetadata.js';
import { readZip } from '../components/zipFiles.js';
import { readPackages } from './deployPackage.js';
import type { DeployPackage } from './deployPackage.js';
import { runDeploy } from './deployRun.js';
import type { DeployOptions, DeployOutcome } from './deployRun.js';

/** Options of a deploy. */
export interface DeployRequest extends DeployOptions {
  /** Whether the deploy asks for tests. Only its result says so: no Apex runs here. */
  readonly runsTests: boolean;
}

/** @param testLevel such as `RunLocalTests` or `NoTestRun` */
export function areTestsWanted(testLevel: string | undefined, tests: readonly unknown[]): boolean {
  return tests.length > 0 || testLevel?.startsWith('Run') === true;
}

export interface DeployJob {
  readonly id: string;
  readonly request: DeployRequest;
  readonly userId: string;
  /** ISO 8601. */
  readonly createdDate: string;
  readonly completedDate: string;
  readonly outcome: DeployOutcome;
  /** Why nothing could be deployed at all. */
  readonly error?: { readonly code: string; readonly message: string };
}

/** Most jobs whose results are kept, so that memory does not grow. */
const mostKept = 100;
/** Most validated packages that are kept for a quick deploy. */
const mostValidated = 3;

/**
 * The deploys of an org, one after the other. A deploy is done when its request is answered. Results are kept in memory,
 * so they end with the org.
 */
export class DeployJobs {
  readonly #metadata: OrgMetadata;
  readonly #jobs = new Map<string, DeployJob>();
  readonly #validated = new Map<string, readonly DeployPackage[]>();
  #last: Promise<unknown> = Promise.resolve();
  /** Begins with the time, so that no id of an earlier run of the org is given again: its results are gone. */
  #count: number;

  constructor(metadata: OrgMetadata) {
    this.#metadata = metadata;
    this.#count = metadata.org.clock.now();
  }

  /** @param zip bytes of the zip file */
  start(zip: Buffer, request: DeployRequest, userId: string): Promise<DeployJob> {
    return this.#queued(async () => {
      const createdDate = this.#now();
      try {
        const packages = readPackages(await readZip(zip), this.#metadata.types);
        return await this.#run(packages, request, { userId, createdDate });
      } catch (error) {
        if (!(error instanceof OrgRefusal)) throw error;
        const outcome = { status: 'Failed', failures: [], successes: [] } as const;
        const { errorCode: code, message } = error;
        return this.#keep({ request, userId, createdDate, outcome, error: { code, message } });
      }
    });
  }

  /**
   * Deploys what was validated before.
   *
   * @throws {OrgRefusal} 400 when there was no such validation, or it failed
   */
  startValidated(id: string, userId: string): Promise<DeployJob> {
    const packages = this.#validated.get(to18(id));
    const job = this.#jobs.get(to18(id));
    if (!packages || !job) {
      throw new OrgRefusal(400, 'INVALID_ID_FIELD', `There is no successful validation with the id ${id}`);
    }
    const request = { ...job.request, checkOnly: false };
    return this.#queued(() => this.#run(packages, request, { userId, createdDate: this.#now() }));
  }

  /** Deploys packages that come from a call that creates or deletes single components. */
  runPackages(packages: readonly DeployPackage[], options: DeployOptions, userId: string): Promise<DeployOutcome> {
    return this.#queued(() => runDeploy(packages, options, { ...this.#metadata, userId }));
  }

  /** @throws {OrgRefusal} 404 when there is no such deploy */
  job(id: string): DeployJob {
    const job = this.#jobs.get(to18(id));
    if (!job) throw new OrgRefusal(404, 'INVALID_CROSS_REFERENCE_KEY', `No deploy with the id ${id} was found`);
    return job;
  }

  /** @throws {OrgRefusal} always: a deploy is done when its request is answered */
  cancel(id: string): never {
    throw new OrgRefusal(400, 'INVALID_ID_FIELD', `Deployment already completed: ${this.job(id).id}`);
  }

  async #run(
    packages: readonly DeployPackage[],
    request: DeployRequest,
    { userId, createdDate }: { readonly userId: string; readonly createdDate: string },
  ): Promise<DeployJob> {
    const outcome = await runDeploy(packages, request, { ...this.#metadata, userId });
    const job = this.#keep({ request, userId, createdDate, outcome });
    if (request.checkOnly && outcome.status === 'Succeeded') {
      this.#validated.set(job.id, packages);
      forgetOldest(this.#validated, mostValidated);
    }
    return job;
  }

  #keep(job: Omit<DeployJob, 'completedDate' | 'id'>): DeployJob {
    this.#count += 1;
    const id = toRecordId('0Af', this.#count);
    const kept = { ...job, id, completedDate: this.#now() };
    this.#jobs.set(id, kept);
    forgetOldest(this.#jobs, mostKept);
    return kept;
  }

  /** Two deploys at once could each undo what the other has done. */
  #queued<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  #now(): string {
    return new Date(this.#metadata.org.clock.now()).toISOString();
  }
}

function forgetOldest(kept: Map<string, unknown>, most: number): void {
  if (kept.size <= most) return;
  const [oldest] = kept.keys();
  if (oldest !== undefined) kept.delete(oldest);
}
