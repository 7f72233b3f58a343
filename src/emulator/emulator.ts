/*
 * How a room adds an endpoint
 *
 * 1. Write a function `(org: Org) => Endpoint[]` in a file of the room, such as `loyalty/enrollment.ts`:
 *
 *      export function enrollmentEndpoints({ store }: Org): Endpoint[] {
 *        return [
 *          {
 *            method: 'POST',
 *            path: '/services/data/:version/loyalty-programs/:program/individual-member-enrollments',
 *            since: 56,
 *            handle: ({ params, body, session }) => {
 *              const memberId = store.transaction(() => enroll(store, params['program'], body.object(), session));
 *              return { status: 201, body: { memberId } };
 *            },
 *          },
 *        ];
 *      }
 *
 * 2. Collect the room's functions in its `index.ts` and name that one in `rooms` below. The function runs once, at the
 *    start, after the tables exist: the place to seed rows (`store.put`) that every org has.
 *
 * A handler throws `ApiError` (or `refused`, `notFound`, `notImplemented`) to refuse. It reads and writes through
 * `store`: validation, ids, names and audit fields are done there; `{ as: 'org' }` lets it write fields that callers
 * may not; `userId: session.userId` says who acts. All writes of one request belong in one `store.transaction`. Between
 * the first read and the last write it does not await: that is what makes a request atomic towards the others.
 * Time comes from `org.clock`, switches of the org from `org.settings`.
 */
import { mkdirSync } from 'node:fs';
import { type Clock, systemClock } from '../base/clock.js';
import { sObjects } from '../contract/objects/index.js';
import type { SObjectDefinition } from '../contract/sobject.js';
import { controlEndpoints } from './control/index.js';
import { ApiUsage } from './http/apiUsage.js';
import { Dispatcher } from './http/dispatcher.js';
import { RequestCounter } from './http/requestCounter.js';
import { Router } from './http/router.js';
import { OrgServer, type RequestEvent } from './http/server.js';
import { loyaltyEndpoints } from './loyalty/index.js';
import { defaultSettings, type Org, type OrgSettings } from './org.js';
import { absence } from './platform/absent.js';
import { platformEndpoints } from './platform/index.js';
import { integrationUserId, organizationId, seedPlatform } from './platform/seed.js';
import { Sessions } from './platform/sessions.js';
import { readSource, type SourceModel } from './source/readSource.js';
import { type CustomFields, ObjectModel } from './store/objectModel.js';
import { Store } from './store/store.js';

const rooms = [platformEndpoints, loyaltyEndpoints];

export interface EmulatorOptions {
  /** Default: any free one. */
  readonly port?: number;
  /** Default: 127.0.0.1, so that nobody else can reach it. */
  readonly host?: string;
  /** Folder that keeps the org between runs. Without it nothing is written to any file. */
  readonly dataDir?: string;
  /** Accept only tokens that this org issued. Default: any that is well-formed. */
  readonly strictAuth?: boolean;
  readonly clock?: Clock;
  /** Calls allowed in 24 hours. Default: those of a full sandbox. */
  readonly dailyApiRequests?: number;
  readonly settings?: Partial<OrgSettings>;
  /** SFDX source folder, such as `force-app`: its custom objects and fields are the org's too. */
  readonly source?: string;
  /** The org's own fields: `{ TransactionJournal: { Src_Key__c: { type: 'string', … } } }`. */
  readonly customFields?: CustomFields;
  /** Called after each request. */
  readonly onRequest?: (event: RequestEvent) => void;
}

const fullSandboxCalls = 5_000_000;

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

  /** @throws PortInUseError, DataDirInUseError, SourceError */
  public static async start(options: EmulatorOptions = {}): Promise<Emulator> {
    const { definitions, warnings } = await definitionsOf(options);
    const org = openOrg(definitions, options);
    try {
      const requests = new RequestCounter();
      const stop = (): void => void emulator.stop();
      const endpoints = [...rooms.flatMap((room) => room(org)), ...controlEndpoints(stop)];
      const router = new Router(endpoints, absence);
      const dispatcher = new Dispatcher({ router, requests, doorkeeper: org.sessions, usage: org.usage });
      const { host = '127.0.0.1', port = 0, onRequest } = options;
      const server = new OrgServer(dispatcher, { host, port, onRequest });
      const emulator: Emulator = new Emulator(await server.listen(), requests, org, server, warnings);
      return emulator;
    } catch (error) {
      org.store.close();
      throw error;
    }
  }

  /** The org's rows, to set up and to look at. */
  public get store(): Store {
    return this.org.store;
  }

  /** A token that works: another one after `expireSessions()`. */
  public get accessToken(): string {
    return this.#token;
  }

  /** API calls of the last 24 hours; `max` may be set. */
  public get usage(): ApiUsage {
    return this.org.usage;
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

  /** Ends promptly, whatever connections are open. May be called again. */
  public async stop(): Promise<void> {
    await this.server.close();
    this.org.store.close();
    this.#stopped.resolve(undefined);
  }

  public async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

async function definitionsOf({ source }: EmulatorOptions): Promise<SourceModel> {
  return source === undefined ? { definitions: sObjects, warnings: [] } : readSource(source, sObjects);
}

function openOrg(definitions: readonly SObjectDefinition[], options: EmulatorOptions): Org {
  const { dataDir, strictAuth = false, clock = systemClock } = options;
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  const model = new ObjectModel(definitions, options.customFields);
  const store = new Store({ model, clock, userId: integrationUserId, dataDir });
  seedPlatform(store);
  return {
    store,
    clock,
    settings: { ...defaultSettings, ...options.settings },
    sessions: new Sessions({ organizationId, defaultUserId: integrationUserId, strict: strictAuth }),
    usage: new ApiUsage(clock, options.dailyApiRequests ?? fullSandboxCalls),
  };
}
