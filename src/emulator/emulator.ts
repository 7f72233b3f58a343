/*
 * How a room adds an endpoint
 *
 * A resource of Loyalty Management is written down in `contract/endpoints/` and served by `loyalty/serve.ts`: see "How a
 * guest moves in" in CONTRIBUTING.md. The other rooms:
 *
 * 1. Write a function `(org: Org) => Endpoint[]` in a file of the room.
 * 2. Collect the room's functions in one function in its `index.ts`, and add that function to `rooms` below. It runs
 *    once, at the start, when the tables exist. There it can add rows that every org has (`store.put`).
 *
 * A handler throws `OrgRefusal` (or `refused`, `notFound`, `notImplemented`) to refuse a request. It reads and writes
 * through `store`, which validates values and adds ids, names and audit fields. `{ as: 'org' }` allows it to write
 * fields that callers may not write, and `userId: session.userId` names the acting user. All writes of one request
 * belong in one `store.transaction`. A handler must not `await` between its first read and its last write. That makes
 * requests atomic. Time comes from `org.clock`, and settings of the org from `org.settings`.
 */
import { controlEndpoints } from './control/index.js';
import type { Faults, LongRequests } from './faults/index.js';
import type { DailyCalls } from './http/dailyCalls.js';
import { Dispatcher } from './http/dispatcher.js';
import { RequestCounter } from './http/requestCounter.js';
import { Router } from './http/router.js';
import { OrgServer } from './http/server.js';
import type { RequestEvent } from './http/server.js';
import type { TransactionJournalInput } from '../contract/endpoints/realtimeEndpoints.js';
import { explainTransactions } from './loyalty/explainTransactions.js';
import type { ExplainedTransactions } from './loyalty/explainTransactions.js';
import { loyaltyEndpoints } from './loyalty/index.js';
import { checkLoadedRules } from './loyalty/rules/checkLoadedRules.js';
import { openRules } from './loyalty/rules/openRules.js';
import { recordProcesses } from './loyalty/rules/recordProcesses.js';
import { ruleWarnings } from './loyalty/rules/ruleWarnings.js';
import { metadataEndpoints } from './metadata/index.js';
import { integrationUserId } from './platform/seedPlatform.js';
import { openOrg } from './openOrg.js';
import type { EmulatorOptions, Seed } from './emulatorOptions.js';
import type { Org } from './org.js';
import { readOrgSource } from './readOrgSource.js';
import { pageEndpoints, RecentRequests } from './page/index.js';
import { platformEndpoints } from './platform/index.js';
import { resourceMapEndpoints } from './platform/resourceMap.js';
import type { EffectLog } from './store/effectLog.js';
import type { RowLocks } from './store/locks/rowLocks.js';
import { writeSnapshot } from './snapshot/writeSnapshot.js';
import type { Store } from './store/store.js';
import { absence } from './unimplemented/platformFamilies.js';
import { unimplementedEndpoints } from './unimplemented/unimplementedEndpoints.js';

const rooms = [platformEndpoints, metadataEndpoints, loyaltyEndpoints];

/** A running local org. `await using org = await Emulator.start()` stops it at the end of the block. */
export class Emulator implements AsyncDisposable {
  readonly #stopped = Promise.withResolvers<undefined>();
  #token: string;

  readonly #org: Org;
  readonly #server: OrgServer;
  readonly #warnings: string[];

  private constructor(
    /** For example `http://127.0.0.1:8099`. */
    readonly url: string,
    /** Counts how often each endpoint was called. */
    readonly requests: RequestCounter,
    org: Org,
    server: OrgServer,
    warnings: readonly string[],
  ) {
    this.#org = org;
    this.#server = server;
    this.#warnings = [...warnings];

    this.#token = org.sessions.issue();
  }

  /**
   * Starts a local org and returns when it listens and `seed` is done. If `seed` throws, the org is stopped and the
   * error is rethrown.
   *
   * @throws {PortInUseError} when another process listens on the port
   * @throws {PortRefusedError} when the user has no permission for the port
   * @throws {DataDirInUseError} when another org uses the data folder
   * @throws {DataDirBrokenError} when the file in the data folder cannot be read
   * @throws {SnapshotError} when the org cannot start with the file in `from`
   * @throws {SourceError} when a source folder cannot be read
   * @throws {RulesSourceError} when the rules in a source folder have mistakes, or refer to what their program lacks
   * @throws {FaultPlanError} when the fault plan is invalid
   * @throws {RangeError} when a currency is not an ISO 4217 code
   */
  static async start(options: EmulatorOptions = {}): Promise<Emulator> {
    const { definitions, sourceComponents, warnings } = await readOrgSource(options);
    const rules = await openRules(options);
    const org = await openOrg(definitions, options, { rules, sourceComponents });
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
    const { host = '127.0.0.1', port = 0, hostNames = [] } = options;
    const chain = { ownNames: [host, ...hostNames], requests, clock: org.clock, usage, interception: faults };
    const dispatcher = new Dispatcher({ router, doorkeeper, ...chain });
    const server = new OrgServer(dispatcher, { host, port, onRequest });
    const url = await server.listen().catch((error: unknown) => {
      org.store.close();
      throw error;
    });
    const emulator: Emulator = new Emulator(url, requests, org, server, [...warnings, ...ruleWarnings(org.rules)]);
    try {
      if (options.seed) await seed(emulator, options.seed);
      emulator.#warnings.push(...checkLoadedRules({ store: org.store, rules }));
      recordProcesses(org);
      if (options.faults) faults.replace(options.faults);
    } catch (error) {
      await emulator.stop();
      throw error;
    }
    isSeeded = true;
    return emulator;
  }

  /** The org's rows, for setting up tests and checking results. */
  get store(): Store {
    return this.#org.store;
  }

  /** Sentences about what the org leaves out of the source folder, handles differently, or cannot check. */
  get warnings(): readonly string[] {
    return this.#warnings;
  }

  /** A valid token. `expireSessions()` replaces it. */
  get accessToken(): string {
    return this.#token;
  }

  /** The injected faults. Rules can be added and removed at any time. */
  get faults(): Faults {
    return this.#org.faults;
  }

  /** API calls in the last 24 hours. `max` can be set. */
  get usage(): DailyCalls {
    return this.#org.usage;
  }

  /** Long-running calls. `max` and `longAfter` can be set. */
  get longRequests(): LongRequests {
    return this.#org.longRequests;
  }

  /** Locks of rows that requests hold while they work. Tests can hold rows too, and `wait` can be set. */
  get locks(): RowLocks {
    return this.#org.locks;
  }

  /**
   * All committed changes, in order.
   *
   * @throws {Error} when the org was started without `effects`
   */
  get effects(): EffectLog {
    if (!this.#org.effects) throw new Error('This org keeps no effect log: start it with { effects: true }.');
    return this.#org.effects;
  }

  /**
   * Runs transactions through the rules of a program, as one request in real time does, and returns what each step did.
   * @param keeps whether the org keeps what the rules do. Default: no
   * @throws {Error} when no rules were loaded for the program
   */
  explain(program: string, transactions: readonly TransactionJournalInput[], keeps = false): ExplainedTransactions {
    return explainTransactions(this.#org, transactions, { program, userId: integrationUserId, keeps });
  }

  /** Ends all sessions. Tokens issued or used so far are then refused with 401 INVALID_SESSION_ID. */
  expireSessions(): void {
    this.#org.sessions.expire();
    this.#token = this.#org.sessions.issue();
  }

  /** Resolves when the org has ended for any reason. */
  get stopped(): Promise<void> {
    return this.#stopped.promise;
  }

  /** Writes all rows to a private file. Another org can start with it: `Emulator.start({ from: path })`. */
  save(path: string): void {
    writeSnapshot(this.store.db, path);
  }

  /** Ends the org immediately, even if connections are open. May be called repeatedly. */
  async stop(): Promise<void> {
    this.faults.stop();
    await this.#server.close();
    this.#org.store.close();
    this.#stopped.resolve(undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

/** Runs the seed. Its calls are not counted and not limited, because they set up the org. */
async function seed(emulator: Emulator, work: Seed): Promise<void> {
  const { usage, requests } = emulator;
  const { max } = usage;
  usage.max = Number.POSITIVE_INFINITY;
  await work(emulator);
  usage.max = max;
  usage.forget();
  requests.reset();
}
