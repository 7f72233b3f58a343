import type { MonotonicClock } from '../base/clock.js';
import type { Random } from '../base/random.js';
import type { LoyaltyClient } from '../client/index.js';
import { maxJournalsPerRequest } from '../contract/endpoints/realtimeEndpoints.js';
import type { Feed, WatchedFeeds } from '../feed/index.js';
import type { EmptyOutbox, ProbedField } from './guard/sourceGuard.js';
import { checkMemberProgress } from './memberProgress/memberProgressOptions.js';
import type { MemberProgressOptions } from './memberProgress/memberProgressOptions.js';
import type { UnknownMembers } from './memberOutcomes.js';
import type { RejectLimit } from './rejectLimit.js';
import type { Preference } from './packingChoice.js';
import type { AskedEarly } from './preflight.js';
import type { DeadLetterFilter, Outbox } from '../outbox/index.js';
import { routeNames } from './routes/chooseRoute.js';
import type { RouteName } from './routes/chooseRoute.js';
import type { SyncWatchers } from './syncWatch.js';

/** What a run needs. The names are those of the flags of `sf loyalty sync start`. */
export interface SyncOptions extends SyncWatchers {
  readonly client: LoyaltyClient;
  /** Name of the LoyaltyProgram record. */
  readonly program: string;
  /** What was asked before the program was known: see `askEarly`. It is asked again if it failed. */
  readonly asked?: AskedEarly | undefined;
  /** The caller closes it. */
  readonly outbox: Outbox;
  /** The way into the org. Default `realtime`. */
  readonly route?: RouteName | undefined;
  /**
   * With the route `bulk`: name of the org's batch job definition that runs Pending journals. Default
   * `Process_Transaction_Journals`.
   */
  readonly batchJob?: string | undefined;
  /**
   * With the route `credit-points`: name of the org's process of type CreditPointsToMembers. Default: the name of the
   * type.
   */
  readonly process?: string | undefined;
  /** Most journals in one request, 1 to 1,000. Default 200. */
  readonly batchSize?: number | undefined;
  /**
   * Most requests of this process at a time. The run begins with fewer and adapts to the org. With a shared outbox and
   * the route `realtime`, each standby adds its own. Default 8.
   */
  readonly concurrency?: number | undefined;
  /**
   * Milliseconds after which a request whose answer was lost has certainly been carried out or not, counted from when
   * it was given up. Default 12 minutes: the 10 that the platform lets a request run, and 2 for data still on the
   * network.
   */
  readonly settle?: number | undefined;
  /** Milliseconds without progress after which the run ends unfinished. Default: the settle window and 3 minutes. */
  readonly wait?: number | undefined;
  /** Calls of the org's daily limit that are left for other users. Default 0. */
  readonly reserve?: number | undefined;
  /**
   * Run journals that the org holds as Pending even if this outbox never sent them. Default: they are parked, because a
   * batch job or a flow of the org may own them.
   */
  readonly runPending?: boolean | undefined;
  /** What to do about a source that the outbox has never seen. Default `auto`. */
  readonly emptyOutbox?: EmptyOutbox | undefined;
  /** A field of TransactionJournal that the org keeps unique, so that it refuses a second journal of a key. */
  readonly uniqueField?: string | undefined;
  /** What `probeOrg` has found out about that field in this org. If the field is not honored, it is not used. */
  readonly probedField?: ProbedField | undefined;
  /**
   * Take over a source from a process that still seems to send it. Use it only if you know that the process is dead.
   */
  readonly takeOver?: boolean | undefined;
  /**
   * What to prefer if both are not possible: to settle transactions early, with at most twice the fewest
   * requests, or to make few calls. Default: speed, unless the calls left today are few.
   */
  readonly prefer?: Preference | undefined;
  /**
   * Most transactions of one member in a request, in the order of the feed. Default 1, because the org runs the rules of
   * a program action by action over a whole request: two journals of a member in one request are not the same as two
   * requests. More is safe only if no rule reads what another journal of the request changes.
   */
  readonly perMember?: number | undefined;
  /**
   * What to do about transactions of members who do not exist: `refuse` them, `enroll` the member with what the mapping
   * makes of the row (`enroll`), or `hold` them until the member exists. Every later run looks for these members again. Default: refuse, but what an earlier run holds stays held; `refuse`
   * ends that, too.
   */
  readonly unknownMembers?: UnknownMembers | undefined;
  /** Most open transactions while a feed is being read; for tests. */
  readonly mostOpen?: number | undefined;
  /** Most bytes of an upload of the bulk route; for tests. */
  readonly mostUpload?: number | undefined;
  /** Rows of an internal batch of an ingest job; for tests. */
  readonly internalBatch?: number | undefined;
  /** Ends the run cleanly: no new requests, and those in progress are settled. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Read how far the members are with cumulative promotions whose transactions are delivered, and tell what has changed.
   * Default: no.
   */
  readonly memberProgress?: MemberProgressOptions | undefined;
  readonly onProgress?: ((progress: SyncProgress) => void) | undefined;
  readonly clock?: MonotonicClock | undefined;
  readonly random?: Random | undefined;
}

export interface LiveOptions extends SyncOptions {
  /** The name that every key begins with. */
  readonly source: string;
  /** Stored with the run, so that a later process can open the same feeds again. No secrets. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
}

export interface StartOptions extends LiveOptions {
  readonly feeds: readonly Feed[];
  /**
   * The run does not begin if more rows than this would be rejected. The feeds are then read twice, so they must not be
   * streams.
   */
  readonly maxRejects?: RejectLimit | undefined;
  /** Read at most this many rows of each feed in this run. */
  readonly limit?: number | undefined;
}

export interface ResumeOptions extends SyncOptions {
  readonly feeds: readonly Feed[];
  /** Names of the run's feeds that cannot be read now, such as standard input. The run stays unfinished. */
  readonly unreadable?: readonly string[] | undefined;
  /** What is read instead of the feeds. */
  readonly watched?: WatchedFeeds | undefined;
  readonly source: string;
  /** Id of the run. */
  readonly run: string;
}

/** Without a filter, everything that needs a person is retried, from all runs. */
export interface RetryOptions extends SyncOptions, DeadLetterFilter {
  /** Keys for which a person has decided that the org's content is correct. Nothing else is retried then. */
  readonly keepOrg?: readonly string[] | undefined;
  /** Stored with the run. No secrets. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
}

/** The progress of a run, reported after every step. */
export interface SyncProgress {
  readonly run: string;
  /** `intake`: feeds are being read, and what was read is being delivered. `delivery`: everything was read. */
  readonly phase: 'intake' | 'delivery' | 'waiting';
  /** Rows read so far. */
  readonly read: number;
  /** Transactions that this process has settled, or that now wait for a person. */
  readonly settled: number;
  /** Open transactions of all runs. */
  readonly open: number;
  /** Requests sent so far. */
  readonly requests: number;
  /** During a wait: when the run continues, in milliseconds since the epoch. */
  readonly waitingUntil?: number | undefined;
  readonly waitingFor?: WaitReason | undefined;
}

/**
 * Why a run waits: an earlier request may still be `underWay`, requests of an `earlierProcess` that may know more than
 * the outbox can still arrive, the `org` is busy or does not answer, or records are `locked` and are tried again.
 */
export type WaitReason = 'underWay' | 'earlierProcess' | 'org' | 'locked';

/** How long nothing can be done, and why. */
export interface IdleTime {
  readonly milliseconds: number;
  readonly reason: WaitReason;
}

export const defaults = {
  route: 'realtime',
  batchSize: 200,
  concurrency: 8,
  perMember: 1,
  settle: 12 * 60_000,
  reserve: 0,
} as const;

/**
 * Milliseconds until a lost answer is given up and its settle window begins: the client's own patience, and a little
 * more.
 */
const patience = 3 * 60_000;

export function defaultWait(settle: number): number {
  return settle + patience;
}

/**
 * Checks the options.
 * @throws {RangeError} for a number with which a run would send nothing or fail at its first request, and for two feeds
 * with the same name: the progress of a feed is stored under its name, so the second would count as read
 */
export function checkOptions(options: SyncOptions & { readonly feeds?: readonly Feed[] }): void {
  const { batchSize, concurrency, perMember, settle, wait, reserve, feeds = [] } = options;
  checkRoute(options);
  mustBe('batchSize', batchSize, { from: 1, to: maxJournalsPerRequest });
  mustBe('concurrency', concurrency, { from: 1 });
  mustBe('perMember', perMember, { from: 1, to: batchSize ?? defaults.batchSize });
  mustBe('settle', settle, { from: 0 });
  mustBe('wait', wait, { from: 0 });
  mustBe('reserve', reserve, { from: 0 });
  checkMemberProgress(options.memberProgress);
  const twice = feeds.find(({ name }, index) => feeds.findIndex((other) => other.name === name) !== index);
  if (twice) throw new RangeError(`The feed ${twice.name} is given twice. Give each feed once.`);
}

/** Only the real-time route takes several transactions of a member in a request as one: all of them, or none. */
function checkRoute({ route = defaults.route, perMember = defaults.perMember }: SyncOptions): void {
  if (!routeNames.includes(route)) {
    throw new RangeError(`"route" must be one of ${routeNames.join(', ')}, not ${route as string}.`);
  }
  if (route === 'realtime' || perMember === 1) return;
  throw new RangeError(`"perMember" must be 1 with the route ${route}, not ${perMember}.`);
}

function mustBe(name: string, value: number | undefined, { from, to }: { from: number; to?: number }): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= from && value <= (to ?? Infinity))) return;
  const range = to === undefined ? `of at least ${from}` : `from ${from} to ${to}`;
  throw new RangeError(`"${name}" must be a whole number ${range}, not ${value}.`);
}
