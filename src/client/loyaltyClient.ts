import { systemClock } from '../base/clock.js';
import type { MonotonicClock } from '../base/clock.js';
import { seededRandom } from '../base/random.js';
import type { Random } from '../base/random.js';
import { ActionsResource } from './actions.js';
import { createCall } from './call.js';
import { LimitsResult } from '../contract/limits.js';
import type { ApiUsage } from './transport/limitInfo.js';
import { connect } from './transport/connect.js';
import type { LoyaltyConnection } from './transport/connection.js';
import { JournalsResource } from './journals.js';
import type { Credentials } from './transport/login.js';
import { MembersResource } from './members.js';
import { PointsResource } from './points.js';
import { ProcessesResource } from './processes.js';
import { ProgramsResource } from './programs.js';
import { ProgressResource } from './progress/progress.js';
import { PromotionsResource } from './promotions.js';
import { QueryResource } from './query/queryResource.js';
import { patientSend } from './transport/patientSend.js';
import { createSend } from './transport/send.js';
import type { Send } from './transport/send.js';
import { SObjectsResource } from './sobjects.js';
import { defaultApiVersion, oldestApiVersion } from './transport/apiVersionRange.js';

const defaultTimeout = 120_000;

export interface ClientOptions {
  /** Such as `66.0`. Without it the connection's own version, unless that is too old for program processes. */
  readonly apiVersion?: string;
  /** Milliseconds for one request with its whole answer; 120,000 unless given. */
  readonly timeout?: number;
  /** Milliseconds since the epoch: decides which tiers and periods are current. */
  readonly now?: () => number;
  /** Most bytes of one answer; 67,108,864 unless given. */
  readonly answerLimit?: number;
  /**
   * Milliseconds for which a read is tried again while the org, or the way to it, is in passing trouble: a reset, a busy
   * org, a page of a gateway. 0, unless given: then a read, like every write, is sent once.
   */
  readonly patience?: number;
  /** Ends that waiting. */
  readonly signal?: AbortSignal;
  readonly clock?: MonotonicClock;
  readonly random?: Random;
}

/** A loyalty org, in groups of methods. A write is sent at most once and never repeated. */
export class LoyaltyClient {
  readonly apiVersion: string;
  readonly programs: ProgramsResource;
  readonly members: MembersResource;
  readonly points: PointsResource;
  readonly promotions: PromotionsResource;
  readonly progress: ProgressResource;
  readonly journals: JournalsResource;
  readonly processes: ProcessesResource;
  readonly actions: ActionsResource;
  readonly query: QueryResource;
  readonly sobjects: SObjectsResource;
  readonly #send: Send;
  #apiUsage: ApiUsage | undefined;
  #orgTime: number | undefined;

  /** @param connection Of `@salesforce/core`, `@jsforce/jsforce-node` or `jsforce`. */
  constructor(connection: LoyaltyConnection, options: ClientOptions = {}) {
    this.apiVersion = options.apiVersion ?? usableVersion(connection.version);
    const now = options.now ?? Date.now;
    const sendOnce = createSend(connection, {
      apiVersion: this.apiVersion,
      timeout: options.timeout ?? defaultTimeout,
      ...(options.answerLimit !== undefined && { answerLimit: options.answerLimit }),
      onApiUsage: (usage) => {
        this.#apiUsage = usage;
      },
      onOrgTime: (time) => {
        this.#orgTime = time;
      },
    });
    const send = withPatience(sendOnce, options);
    this.#send = send;
    const call = createCall(send);
    this.actions = new ActionsResource(call);
    this.query = new QueryResource(send);
    this.sobjects = new SObjectsResource(send, this.apiVersion);
    this.programs = new ProgramsResource(this.query);
    const { actions, query, sobjects, programs } = this;
    this.processes = new ProcessesResource(call, { query, programs });
    this.members = new MembersResource(call, { query, programs, now });
    const { processes, members } = this;
    this.points = new PointsResource(processes);
    this.promotions = new PromotionsResource({ processes, programs, members });
    this.progress = new ProgressResource({ actions, query, sobjects, programs, members, now });
    this.journals = new JournalsResource(call, this.query);
  }

  /**
   * Logs in and stays logged in. Without `apiVersion`, the newest one that the org lists and this client knows.
   *
   * @throws {LoginError} when the org refuses the credentials.
   */
  static async connect(options: Credentials & ClientOptions): Promise<LoyaltyClient> {
    const { apiVersion, timeout = defaultTimeout } = options;
    const connection = await connect(options, { timeout, ...(apiVersion !== undefined && { apiVersion }) });
    return new LoyaltyClient(connection, options);
  }

  /** `GET /limits`: what the org allows, and what is left of it. */
  limits(): Promise<LimitsResult> {
    return this.#send({ method: 'GET', path: '/limits' }, LimitsResult);
  }

  /**
   * The org's own time, to the second, as the newest answer had it: milliseconds since the epoch. Undefined before the
   * first answer, and where nobody says it.
   */
  get orgTime(): number | undefined {
    return this.#orgTime;
  }

  /** As the newest answer had it; undefined before the first. */
  get apiUsage(): ApiUsage | undefined {
    return this.#apiUsage;
  }
}

function withPatience(send: Send, { patience: wait = 0, clock = systemClock, random, signal }: ClientOptions): Send {
  if (wait <= 0) return send;
  const chance = random ?? seededRandom(clock.now());
  return patientSend(send, { wait, clock, random: chance, ...(signal && { signal }) });
}

/** jsforce's own default is 50.0, which nobody means who talks to a loyalty org. */
function usableVersion(version: string): string {
  return Number.parseFloat(version) >= oldestApiVersion ? version : defaultApiVersion;
}
