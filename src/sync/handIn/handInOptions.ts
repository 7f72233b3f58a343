import type { MonotonicClock } from '../../base/clock.js';
import type { LoyaltyClient } from '../../client/index.js';
import type { Mapping } from '../../feed/index.js';
import type { InboxBacklog, OutboxDatabaseError } from '../../outbox/index.js';
import type { AskedEarly } from '../preflight.js';
import type { RouteName } from '../routes/chooseRoute.js';
import type { UnknownMembers } from '../memberOutcomes.js';

/** What is needed to hand transactions in for a shared outbox. */
export interface HandInOptions {
  readonly client: LoyaltyClient;
  /** Name of the LoyaltyProgram record. */
  readonly program: string;
  /** What was asked before the program was known: see `askEarly`. */
  readonly asked?: AskedEarly | undefined;
  /** Address of the shared outbox: `postgres://user@host/database?outbox=name`. It is created if it does not exist. */
  readonly outbox: string;
  /** The name that every key begins with. */
  readonly source: string;
  /** The route by which they will be delivered, which decides what a transaction may have. Default `realtime`. */
  readonly route?: RouteName | undefined;
  /** With `enroll`, transactions may have what their members are enrolled with. */
  readonly unknownMembers?: UnknownMembers | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly clock?: MonotonicClock | undefined;
}

export interface HandInServiceOptions extends HandInOptions {
  /** How rows that are pushed become transactions. Without it, only transactions can be pushed. */
  readonly mapping?: Mapping | undefined;
  /** Most pushes that wait to be stored before the service counts as busy. Default 10,000. */
  readonly mostWaiting?: number | undefined;
  /** Most transactions in the inbox before the service counts as busy. Default 1,000,000. */
  readonly mostBacklog?: number | undefined;
  /** Milliseconds that the database may be away until pushes are refused. Default 5 seconds. */
  readonly patience?: number | undefined;
  /** Called about once a second with what waits in the inbox, from all machines. */
  readonly onBacklog?: ((backlog: InboxBacklog) => void) | undefined;
  /** Called when the database cannot be used, and again with undefined when it can. */
  readonly onAway?: ((error: OutboxDatabaseError | undefined) => void) | undefined;
}

export const handInDefaults = { mostWaiting: 10_000, mostBacklog: 1_000_000, patience: 5000 } as const;
