import diagnosticsChannel from 'node:diagnostics_channel';
import { shortText } from '../base/text/shortText.js';
import type { BareOutcome, ItemReport } from '../outbox/index.js';

/** What became of a transaction, told when it is on disk. It has no content, so it can be logged and counted. */
export interface SyncOutcome {
  readonly key: string;
  readonly member: string;
  readonly is: 'done' | 'refused' | 'parked' | 'conflictInOrg' | 'doubled' | 'unknown';
  /** Id of the journal in the org, as far as it is known. */
  readonly journalId?: string | undefined;
  /** Whether the org had it already, so that this process did not send it. */
  readonly found?: boolean | undefined;
  /** False if the org's answer showed that nothing changed for the member. */
  readonly effect?: boolean | undefined;
  /** Why it is not done. */
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  /** How often it was sent; undefined if it never was. */
  readonly attempts?: number | undefined;
}

/** A request with journals that has ended. */
export interface SyncRequest {
  readonly journals: number;
  /** From its first byte until the end of the answer, or until it was given up. */
  readonly milliseconds: number;
  /** What the answer means: `done`, or a kind of failure. After `unknown` it is looked up what happened. */
  readonly status: 'done' | 'refused' | 'later' | 'unknown' | 'stop' | 'tooLarge';
  /** The org's error code. */
  readonly code?: string | undefined;
  /** Whether another transaction of the org held a record that the request needed. It is tried again. */
  readonly isLocked?: boolean | undefined;
}

/** Rows of feeds and pushes that are on disk now. */
export interface SyncRows {
  /** Id of the run. */
  readonly run: string;
  readonly rows: number;
}

/** Who watches a run. A handler that throws is a warning of the process, and changes nothing. */
export interface SyncWatchers {
  /** Called when outcomes are on disk. */
  readonly onOutcome?: ((outcomes: readonly SyncOutcome[]) => void) | undefined;
  /** Called for every request with journals. For every HTTP request, see `onRequest` of `LoyaltyClient.connect`. */
  readonly onRequest?: ((request: SyncRequest) => void) | undefined;
}

/** Name of the channel of `node:diagnostics_channel` on which each list of {@link SyncOutcome} is published. */
export const syncOutcomeChannel = 'sf-plugin-loyalty.sync.outcome';
/** Name of the channel of `node:diagnostics_channel` on which each {@link SyncRequest} is published. */
export const syncRequestChannel = 'sf-plugin-loyalty.sync.request';
/** Name of the channel of `node:diagnostics_channel` on which each {@link SyncRows} is published. */
export const syncRowsChannel = 'sf-plugin-loyalty.sync.rows';

const outcomeChannel = diagnosticsChannel.channel(syncOutcomeChannel);
const requestChannel = diagnosticsChannel.channel(syncRequestChannel);
const rowsChannel = diagnosticsChannel.channel(syncRowsChannel);

/** Tells those who watch. Costs nothing while nobody does. */
export class SyncWatch {
  readonly #watchers: SyncWatchers;

  constructor(watchers: SyncWatchers) {
    this.#watchers = watchers;
  }

  /** Whether somebody wants to hear of outcomes. */
  get hearsOutcomes(): boolean {
    return this.#watchers.onOutcome !== undefined || outcomeChannel.hasSubscribers;
  }

  settled(outcomes: readonly BareOutcome[]): void {
    if (this.hearsOutcomes) this.outcomes(outcomes.flatMap((outcome) => told(outcome)));
  }

  outcomes(outcomes: readonly SyncOutcome[]): void {
    if (outcomes.length === 0) return;
    outcomeChannel.publish(outcomes);
    calling('onOutcome', this.#watchers.onOutcome, outcomes);
  }

  rows(read: SyncRows): void {
    if (read.rows > 0) rowsChannel.publish(read);
  }

  request(request: SyncRequest): void {
    requestChannel.publish(request);
    calling('onRequest', this.#watchers.onRequest, request);
  }
}

/** Calls a handler, which must not end what it watches. */
export function calling<T>(name: string, handler: ((event: T) => void) | undefined, event: T): void {
  try {
    handler?.(event);
  } catch (error) {
    process.emitWarning(`${name} failed: ${shortText(String(error))}`);
  }
}

/** What is ready again has not become anything, and neither has what is only looked up. */
function told(outcome: BareOutcome): SyncOutcome[] {
  const { key, member, attempts } = outcome.item;
  const item = { key, member, attempts };
  if (outcome.to === 'done') {
    const { journalId, found, effect } = outcome;
    return [{ ...item, is: 'done', journalId, found, effect }];
  }
  if ('until' in outcome)
    return outcome.to === 'unknown' && outcome.failure ? [{ ...item, is: 'unknown', ...outcome.failure }] : [];
  const { to: is, journalId, code, message } = outcome;
  return [{ ...item, is, journalId, code, message }];
}

/** What is told of an item of which the org has several journals. */
export function foundTwice({ key, member, journalId, code, message, attempts }: ItemReport): SyncOutcome {
  return { key, member, is: 'doubled', journalId, code, message, attempts };
}
