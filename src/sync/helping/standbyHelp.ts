import { aborted } from '../../base/aborted.js';
import { systemClock } from '../../base/clock.js';
import type { LoyaltyClient } from '../../client/index.js';
import { openOfferedRequests } from '../../outbox/index.js';
import { readOrgId } from '../preflight.js';
import { RequestHelper } from './requestHelper.js';

export interface StandbyHelpOptions {
  /** Address of the shared outbox, which must exist. */
  readonly address: string;
  /** Logged in to the org of the outbox. With another org, nothing is offered to this process. */
  readonly client: LoyaltyClient;
  /** How many requests this process can have in progress. */
  readonly connections: number;
}

/** Milliseconds until it is tried again to begin, after the org or the database could not be asked. */
const pause = 10_000;

/**
 * Lets a standby of a shared outbox send requests for the process that delivers, as often as it stands by. A standby that
 * cannot do so, because it has no login or does not reach the org, only waits for its turn.
 */
export class StandbyHelp implements AsyncDisposable {
  readonly #options: StandbyHelpOptions;
  readonly #helping = new Set<Promise<void>>();
  readonly #helpers: RequestHelper[] = [];

  constructor(options: StandbyHelpOptions) {
    this.#options = options;
  }

  /** How many requests it has sent for others. */
  get sent(): number {
    return this.#helpers.reduce((sum, { sent }) => sum + sent, 0);
  }

  /** Begins to help, until what it returns is disposed. What was taken by then is still sent and answered. */
  begin(): Disposable {
    const end = new AbortController();
    const helping = this.#help(end.signal).finally(() => this.#helping.delete(helping));
    this.#helping.add(helping);
    return { [Symbol.dispose]: () => end.abort() };
  }

  /** Waits for what is still to be answered, as long as a request may take. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#helping);
  }

  async #help(signal: AbortSignal): Promise<void> {
    const helper = await this.#opened(signal);
    await aborted(signal);
    await helper?.end();
  }

  async #opened(signal: AbortSignal): Promise<RequestHelper | undefined> {
    while (!signal.aborted) {
      try {
        return await this.#open();
      } catch {
        // Whoever waits for its turn needs neither. Both are asked again when it is its turn, and their errors are told.
        await systemClock.sleep(pause, signal);
      }
    }
    return undefined;
  }

  async #open(): Promise<RequestHelper> {
    const { address, client, connections } = this.#options;
    const orgId = await readOrgId(client);
    const helper = new RequestHelper({ offered: await openOfferedRequests(address, { orgId, connections }), client });
    this.#helpers.push(helper);
    return helper;
  }
}
