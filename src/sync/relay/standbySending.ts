import { aborted } from '../../base/aborted.js';
import { systemClock } from '../../base/clock.js';
import type { LoyaltyClient } from '../../client/index.js';
import { openOfferedRequests } from '../../outbox/index.js';
import { readOrgId } from '../preflight.js';
import { OfferedSender, tellFailure } from './offeredSender.js';

export interface StandbySendingOptions {
  /** Address of the shared outbox, which must exist. */
  readonly address: string;
  /** Logged in to the org of the outbox. With another org, nothing is offered to this process. */
  readonly client: LoyaltyClient;
  /** How many requests this process can have in progress. */
  readonly connections: number;
  /** Called when this process cannot send, mostly because of the org or the database. It goes on. */
  readonly onFailure?: ((error: Error) => void) | undefined;
}

/** Milliseconds until it is tried again to begin. */
const pause = 10_000;

/**
 * Lets a standby of a shared outbox send requests for the process that delivers, as often as it stands by. A standby that
 * cannot do so, because it has no login or does not reach the org, only waits for its turn.
 */
export class StandbySending implements AsyncDisposable {
  readonly #options: StandbySendingOptions;
  readonly #end = new AbortController();
  readonly #periods = new Set<Promise<void>>();
  readonly #senders = new Set<OfferedSender>();
  #sentBefore = 0;

  constructor(options: StandbySendingOptions) {
    this.#options = options;
  }

  /** How many requests it has tried to send for the active one. */
  get sent(): number {
    return [...this.#senders].reduce((sum, { sent }) => sum + sent, this.#sentBefore);
  }

  /**
   * Begins to send, until what it returns is disposed. What was taken by then is still sent and answered. Does nothing after
   * {@link end}.
   */
  begin(): Disposable {
    const over = new AbortController();
    const period = this.#send(AbortSignal.any([over.signal, this.#end.signal]))
      .catch((error: unknown) => tellFailure(this.#options, error))
      .finally(() => this.#periods.delete(period));
    this.#periods.add(period);
    return { [Symbol.dispose]: () => over.abort() };
  }

  /** Takes nothing more, and waits for what is still to be answered, as long as a request may take. */
  async end(): Promise<void> {
    this.#end.abort();
    await Promise.all(this.#periods);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.end();
  }

  async #send(signal: AbortSignal): Promise<void> {
    const sender = await this.#opened(signal);
    if (!sender) return;
    this.#senders.add(sender);
    await aborted(signal);
    await sender.end();
    this.#senders.delete(sender);
    this.#sentBefore += sender.sent;
  }

  async #opened(signal: AbortSignal): Promise<OfferedSender | undefined> {
    while (!signal.aborted) {
      try {
        return await this.#open();
      } catch (error) {
        // Whatever it is, this process can still take over.
        tellFailure(this.#options, error);
        await systemClock.sleep(pause, signal);
      }
    }
    return undefined;
  }

  async #open(): Promise<OfferedSender> {
    const { address, client, connections, onFailure } = this.#options;
    const orgId = await readOrgId(client);
    const offered = await openOfferedRequests(address, { orgId, connections });
    return new OfferedSender({ offered, client, onFailure });
  }
}
