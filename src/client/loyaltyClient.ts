import { systemClock } from '../base/clock.js';
import type { MonotonicClock } from '../base/clock.js';
import { seededRandom } from '../base/random.js';
import type { Random } from '../base/random.js';
import { ActionsResource } from './actions.js';
import { createCall } from './call.js';
import { ResourceMap, VersionList } from '../contract/apiDiscovery.js';
import { BatchJobsResource } from './bulk/batchJobs.js';
import { BulkQueriesResource } from './bulk/bulkQueries.js';
import { IngestResource } from './bulk/ingest.js';
import { CartPromotionsResource } from './cartPromotions.js';
import { ClubsResource } from './clubs.js';
import { CouponsResource } from './coupons.js';
import { LimitsResult } from '../contract/limits.js';
import type { ApiUsage } from './transport/limitInfo.js';
import { connect } from './transport/connect.js';
import type { CallEvent } from './transport/callEvent.js';
import type { HttpConnection, LoyaltyConnection } from './transport/connection.js';
import { GamesResource } from './games.js';
import { JournalsResource } from './journals.js';
import type { Credentials } from './transport/login.js';
import { MembersResource } from './members.js';
import { PartnersResource } from './partners.js';
import { PointsResource } from './points.js';
import { ProcessesResource } from './processes.js';
import { ProgramsResource } from './programs.js';
import { ProgressResource } from './progress/progress.js';
import { PromotionsResource } from './promotions.js';
import { ReferralsResource } from './referrals.js';
import { TiersResource } from './tiers/tiers.js';
import { QueryResource } from './query/queryResource.js';
import { patientSend } from './transport/patientSend.js';
import { sendPrepared } from './transport/preparedRequest.js';
import type { PreparedLimits, PreparedRequest } from './transport/preparedRequest.js';
import type { HttpAnswer } from './failures/httpAnswer.js';
import { createSend } from './transport/send.js';
import type { Send } from './transport/send.js';
import { SObjectsResource } from './sobjects.js';
import { MemberTransactionsResource } from './memberTransactions.js';
import { VouchersResource } from './vouchers.js';
import { defaultApiVersion, oldestApiVersion } from './transport/apiVersionRange.js';

const defaultTimeout = 120_000;

export interface ClientOptions {
  /** Such as `66.0`. Default: the version of the connection, unless it is too old for program processes. */
  readonly apiVersion?: string;
  /**
   * Milliseconds for one request and its whole answer, also if it is sent again after a login. Nothing is sent any more
   * when they have passed. Default: 120,000.
   */
  readonly timeout?: number;
  /**
   * Receives each request that has ended, such as for metrics. A request that is sent again is another one. They are
   * also published on the channel `sf-plugin-loyalty.request` of `node:diagnostics_channel`.
   */
  readonly onRequest?: (event: CallEvent) => void;
  /** Returns milliseconds since the epoch. Decides which tiers and periods are current. */
  readonly now?: () => number;
  /** Maximum number of bytes of one answer. Default: 67,108,864. */
  readonly answerLimit?: number;
  /**
   * Milliseconds during which a read is tried again if it fails for a temporary reason: the connection was reset, the
   * org is busy, or a gateway answered. Default: 0, which means that a read, like every write, is sent once.
   */
  readonly patience?: number;
  /** Ends that waiting. */
  readonly signal?: AbortSignal;
  /** Whether the signal ends reads that are under way, too. A write is never ended. Default: false. */
  readonly endsReads?: boolean;
  readonly clock?: MonotonicClock;
  readonly random?: Random;
}

/** A loyalty org, in groups of methods. A write is sent at most once and never repeated. */
export class LoyaltyClient {
  readonly apiVersion: string;
  /** Milliseconds for one request and its whole answer. */
  readonly timeout: number;
  readonly programs: ProgramsResource;
  readonly members: MembersResource;
  readonly points: PointsResource;
  readonly promotions: PromotionsResource;
  readonly cartPromotions: CartPromotionsResource;
  readonly clubs: ClubsResource;
  readonly coupons: CouponsResource;
  readonly partners: PartnersResource;
  readonly games: GamesResource;
  readonly referrals: ReferralsResource;
  readonly tiers: TiersResource;
  readonly progress: ProgressResource;
  readonly journals: JournalsResource;
  readonly transactions: MemberTransactionsResource;
  readonly processes: ProcessesResource;
  readonly actions: ActionsResource;
  readonly vouchers: VouchersResource;
  readonly query: QueryResource;
  readonly sobjects: SObjectsResource;
  readonly ingest: IngestResource;
  readonly batchJobs: BatchJobsResource;
  readonly bulkQueries: BulkQueriesResource;
  readonly #send: Send;
  readonly #connection: LoyaltyConnection | HttpConnection;
  readonly #options: ClientOptions;
  /** What the answers so far have told. */
  #told: { hasAnswered: boolean; apiUsage?: ApiUsage; orgTime?: number } = { hasAnswered: false };

  /** @param connection from `@salesforce/core`, `@jsforce/jsforce-node` or `jsforce`, or one of your own */
  constructor(connection: LoyaltyConnection | HttpConnection, options: ClientOptions = {}) {
    this.#connection = connection;
    this.#options = options;
    this.apiVersion = options.apiVersion ?? usableVersion(connection.version);
    this.timeout = options.timeout ?? defaultTimeout;
    const now = options.now ?? Date.now;
    const sendOnce = createSend(connection, {
      apiVersion: this.apiVersion,
      timeout: this.timeout,
      ...(options.answerLimit !== undefined && { answerLimit: options.answerLimit }),
      clock: options.clock ?? systemClock,
      onRequest: options.onRequest,
      onApiUsage: (usage) => {
        this.#told.apiUsage = usage;
      },
      onOrgTime: (time) => {
        this.#told.orgTime = time;
      },
    });
    const send = withPatience(withEnd(this.#noting(sendOnce), options), options);
    this.#send = send;
    const call = createCall(send);
    this.actions = new ActionsResource(call);
    this.query = new QueryResource(send, this.apiVersion);
    this.sobjects = new SObjectsResource(send, this.apiVersion);
    this.ingest = new IngestResource(send);
    this.bulkQueries = new BulkQueriesResource(send);
    this.programs = new ProgramsResource(this.query);
    const { actions, query, sobjects, programs } = this;
    this.batchJobs = new BatchJobsResource(call, { query, actions });
    this.processes = new ProcessesResource(call, { query, programs });
    const { processes } = this;
    this.members = new MembersResource(call, { query, programs, processes, sobjects, now });
    const { members } = this;
    this.vouchers = new VouchersResource(call, { actions, processes, query, apiVersion: this.apiVersion });
    this.points = new PointsResource(processes);
    this.tiers = new TiersResource(processes);
    this.promotions = new PromotionsResource(call, { processes, programs, members, query });
    this.referrals = new ReferralsResource(call, { query, programs });
    this.progress = new ProgressResource({ actions, query, sobjects, programs, members, now });
    this.games = new GamesResource(call);
    this.cartPromotions = new CartPromotionsResource(call);
    this.clubs = new ClubsResource(call);
    this.coupons = new CouponsResource(call, query);
    this.partners = new PartnersResource(call, query);
    this.transactions = new MemberTransactionsResource(call);
    this.journals = new JournalsResource(call, { actions, query, sobjects, programs, members });
  }

  /**
   * Logs in, and again when the session ends. Without `apiVersion`, uses the newest version that both the org and this
   * client know.
   *
   * @throws {LoginError} when the org refuses the credentials
   */
  static async connect(options: Credentials & ClientOptions): Promise<LoyaltyClient> {
    const { apiVersion, timeout = defaultTimeout } = options;
    const connection = await connect(options, { timeout, ...(apiVersion !== undefined && { apiVersion }) });
    return new LoyaltyClient(connection, options);
  }

  /**
   * Returns a client of the same org whose requests, without a login, go to `exchange`, for example to other machines that
   * add their own. Both clients know what the answers to either of them tell of the org's time and usage.
   */
  through(exchange: HttpConnection['exchange']): LoyaltyClient {
    const { instanceUrl, version } = this.#connection;
    const client = new LoyaltyClient({ instanceUrl, version, exchange }, this.#options);
    client.#told = this.#told;
    return client;
  }

  /**
   * Sends a request that another process has prepared, and returns the answer whatever its status.
   *
   * @throws {LostAnswerError} when no complete answer came
   */
  sendPrepared(request: PreparedRequest, limits: PreparedLimits): Promise<HttpAnswer> {
    return sendPrepared(this.#connection, request, limits);
  }

  /** `GET /limits`: the limits of the org, and what is left of each. */
  limits(): Promise<LimitsResult> {
    return this.#send({ method: 'GET', path: '/limits' }, LimitsResult);
  }

  /** `GET /services/data`: the API versions that the org has, such as `66.0`, oldest first. */
  async versions(): Promise<string[]> {
    const listed = await this.#send({ method: 'GET', path: '/services/data' }, VersionList);
    return listed.map(({ version }) => version);
  }

  /** Reads the Id of the user who is logged in from the list of resources. Undefined if the org does not tell it. */
  async userId(): Promise<string | undefined> {
    const { identity } = await this.#send({ method: 'GET', path: '' }, ResourceMap);
    return identity?.split('/').at(-1);
  }

  /** Records the first answer. */
  #noting(send: Send): Send {
    return async (call, shape) => {
      const answer = await send(call, shape);
      this.#told.hasAnswered = true;
      return answer;
    };
  }

  /** Whether any request has succeeded, so that the address is that of an org, which has accepted the login. */
  get hasAnswered(): boolean {
    return this.#told.hasAnswered;
  }

  /**
   * The org's own time, to the second, from the latest answer: milliseconds since the epoch. Undefined before the first
   * answer, and if answers have no date.
   */
  get orgTime(): number | undefined {
    return this.#told.orgTime;
  }

  /** From the latest answer. Undefined before the first. */
  get apiUsage(): ApiUsage | undefined {
    return this.#told.apiUsage;
  }
}

function withEnd(send: Send, { signal, endsReads = false }: ClientOptions): Send {
  if (signal === undefined || !endsReads) return send;
  return (call, shape) => send((call.isRead ?? call.method === 'GET') ? { signal, ...call } : call, shape);
}

function withPatience(send: Send, { patience: wait = 0, clock = systemClock, random, signal }: ClientOptions): Send {
  if (wait <= 0) return send;
  const chance = random ?? seededRandom(clock.now());
  return patientSend(send, { wait, clock, random: chance, ...(signal && { signal }) });
}

/** Replaces jsforce's default of 50.0, which nobody chooses on purpose for a loyalty org. */
function usableVersion(version: string): string {
  return Number.parseFloat(version) >= oldestApiVersion ? version : defaultApiVersion;
}
