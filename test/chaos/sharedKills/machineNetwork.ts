import { NetworkLink } from '../../support/networkLink.js';
import type { NetworkState } from '../../support/networkLink.js';
import type { NetworkPlace } from './networkTroubles.js';
import type { SharedMachineJob } from './sharedMachine.js';

/** The network of one machine: its ways to the database and to the org. */
export class MachineNetwork implements AsyncDisposable {
  readonly #database: NetworkLink;
  readonly #org: NetworkLink;
  /** What the machine does, over this network. */
  readonly job: SharedMachineJob;

  private constructor(database: NetworkLink, org: NetworkLink, job: SharedMachineJob) {
    this.#database = database;
    this.#org = org;
    this.job = { ...job, orgUrl: org.urlOf(job.orgUrl), outbox: database.urlOf(job.outbox) };
  }

  /** @param job with the addresses of the org and the database themselves */
  static async open(job: SharedMachineJob): Promise<MachineNetwork> {
    const [database, org] = await Promise.all([job.outbox, job.orgUrl].map((url) => NetworkLink.open(portOf(url))));
    return new MachineNetwork(database!, org!, job);
  }

  become(place: NetworkPlace, state: NetworkState): void {
    if (place !== 'without the org') this.#database.become(state);
    if (place !== 'without the database') this.#org.become(state);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.#database[Symbol.asyncDispose](), this.#org[Symbol.asyncDispose]()]);
  }
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}
