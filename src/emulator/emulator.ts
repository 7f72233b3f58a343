/*
 * How a room adds an endpoint
 *
 * A resource of Loyalty Management is written down in `contract/endpoints/` and served by `loyalty/serve.ts`: see "How a
 * guest moves in" in CONTRIBUTING.md. The other rooms:
 *
 * 1. Write a function `(org: Org) => Endpoint[]` in a file of the room.
 * 2. Collect the room's functions in its `index.ts` and name that one in `rooms` below. The function runs once, at the
 *    start, after the tables exist: the place to seed rows (`store.put`) that every org has.
 *
 * A handler throws `ApiError` (or `refused`, `notFound`, `notImplemented`) to refuse. It reads and writes through
 * `store`: validation, ids, names and audit fields are done there; `{ as: 'org' }` lets it write fields that callers
 * may not; `userId: session.userId` says who acts. All writes of one request belong in one `store.transaction`. Between
 * the first read and the last write it does not await: that is what makes a request atomic towards the others.
 * Time comes from `org.clock`, switches of the org from `org.settings`.
 */
import { controlEndpoints } from './control/index.js';
import type { Faults, LongRequests } from './faults/index.js';
import type { ApiUsage } from './http/apiUsage.js';
import { Dispatcher } from './http/dispatcher.js';
import { RequestCounter } from './http/requestCounter.js';
import { Router } from './http/router.js';
import { OrgServer, type RequestEvent } from './http/server.js';
import { loyaltyEndpoints } from './loyalty/index.js';
import { definitionsOf, openOrg } from './openOrg.js';
import type { EmulatorOptions, Seed } from './options.js';
import type { Org } from './org.js';
import { pageEndpoints, RecentRequests } from './page/index.js';
import { platformEndpoints } from './platform/index.js';
import { resourceMapEndpoints } from './platform/resourceMap.js';
import type { EffectLog } from './store/effects.js';
import type { RowLocks } from './store/locks/rowLocks.js';
import { writeSnapshot } from './snapshot/writeSnapshot.js';
import type { Store } from './store/store.js';
import { absence } from './unimplemented/platformFamilies.js';
import { unimplementedEndpoints } from './unimplemented/unimplementedEndpoints.js';

const rooms = [platformEndpoints, loyaltyEndpoints];

/** A local org, listening. `await using org = await Emulator.start()` stops it at the end of the block. */
export class Emulator implements AsyncDisposable {
  readonly #stopped = Promise.withResolvers<undefined>();
  #token: string;

  private constructor(
    /** `http://127.0.0.1:8099` */
    public readonly url: string,
    /** How often each endpoint was called. */
    public readonly requests: RequestCounter,
    private readonly org: Org,
    private readonly server: OrgServer,
    /** What of the source folder the org leaves out or does otherwise, in one sentence each. */
    public readonly warnings: readonly string[],
  ) {
    this.#token = org.sessions.issue();
  }

  /**
   * @throws PortInUseError, PortRefusedError, DataDirInUseError, DataDirBrokenError, SnapshotError, SourceError,
   * FaultPlanError, RangeError (currencies), and what `seed` throws
   */
  public static async start(options: EmulatorOptions = {}): Promise<Emulator> {
    const { definitions, warnings } = await definitionsOf(options);
    const org = openOrg(definitions, options);
    const { faults, sessions: doorkeeper, usage } = org;
    const requests = new RequestCounter();
    const recent = new RecentRequests(org.clock);
    let isSeeded = false;
    const onRequest = (event: RequestEvent): void => {
      if (!isSeeded) return;
      recent.record(event);
      options.onRequest?.(event);
    };
    const onStop = (): void => void emulator.stop();
    const page = pageEndpoints(org, { requests: recent, faults });
    const served = [...rooms.flatMap((room) => room(org)), ...controlEndpoints(org, onStop), ...page];
    const endpoints = [...served, ...resourceMapEndpoints(org, served), ...unimplementedEndpoints(served)];
    const router = new Router(endpoints, absence);
    const dispatcher = new Dispatcher({ router, requests, doorkeeper, usage, interception: faults, clock: org.clock });
    const { host = '127.0.0.1', port = 0, hostNames } = options;
    const server = new OrgServer(dispatcher, { host, port, hostNames, onRequest });
    const url = await server.listen().catch((error: unknown) => {
      org.store.close();
      throw error;
    });
    const emulator: Emulator = new Emulator(url, requests, org, server, warnings);
    try {
      if (options.seed) await seed(emulator, options.seed);
      if (options.faults) faults.replace(options.faults);
    } catch (error) {
      await emulator.stop();
      throw error;
    }
    isSeeded = true;
    return emulator;
  }

  /** The org's rows, to set up and to look at. */
  public get store(): Store {
    return this.org.store;
  }

  /** A token that works: another one after `expireSessions()`. */
  public get accessToken(): string {
    return this.#token;
  }

  /** What goes wrong: rules may be added and taken away at any time. */
  public get faults(): Faults {
    return this.org.faults;
  }

  /** API calls of the last 24 hours; `max` may be set. */
  public get usage(): ApiUsage {
    return this.org.usage;
  }

  /** Calls that run long: `max` and `longAfter` may be set. */
  public get longRequests(): LongRequests {
    return this.org.longRequests;
  }

  /** Rows that requests hold while they work; `wait` may be set, rows may be held. */
  public get locks(): RowLocks {
    return this.org.locks;
  }

  /** Every committed change, in order. @throws Error unless the org was started with `effects` */
  public get effects(): EffectLog {
    if (!this.org.effects) throw new Error('This org keeps no effect log: start it with { effects: true }.');
    return this.org.effects;
  }

  /** Ends every session: tokens issued or used so far are refused with 401 INVALID_SESSION_ID. */
  public expireSessions(): void {
    this.org.sessions.expire();
    this.#token = this.org.sessions.issue();
  }

  /** Resolves when the org has ended, whoever ended it. */
  public get stopped(): Promise<void> {
    return this.#stopped.promise;
  }

  /** Writes all rows into a private file, with which another org can begin: `Emulator.start({ from: path })`. */
  public save(path: string): void {
    writeSnapshot(this.store.db, path);
  }

  /** Ends promptly, whatever connections are open. May be called again. */
  public async stop(): Promise<void> {
    this.faults.stop();
    await this.server.close();
    this.org.store.close();
    this.#stopped.resolve(undefined);
  }

  public async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

/** What an org begins with is no call of its users: it counts nowhere, and no limit stands in its way. */
async function seed(emulator: Emulator, work: Seed): Promise<void> {
  const { usage, requests } = emulator;
  const { max } = usage;
  usage.max = Number.POSITIVE_INFINITY;
  await work(emulator);
  usage.max = max;
  usage.forget();
  requests.reset();
}
