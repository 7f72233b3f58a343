import { LostAnswerError } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import type { RealtimeResponse, TransactionJournalInput } from '../../contract/endpoints/realtimeEndpoints.js';
import type { Helpers } from '../../outbox/index.js';
import { relayedExchange } from './relayedExchange.js';

export interface SharedSendingOptions {
  readonly client: LoyaltyClient;
  readonly program: string;
  /** How many requests this machine can have in progress. */
  readonly connections: number;
  /** Undefined if nobody can help. */
  readonly helpers: Helpers | undefined;
  /**
   * Is called before this machine sends what another one could not.
   * @throws {OutboxTakenError} if another process may deliver from the outbox
   */
  readonly mustBeOurs: () => void;
}

/** Sends requests with journals from this machine, and from those that help when its own connections are all in use. */
export class SharedSending {
  readonly #options: SharedSendingOptions;
  readonly #relayed: LoyaltyClient | undefined;
  #own = 0;

  constructor(options: SharedSendingOptions) {
    const { client, helpers } = options;
    this.#options = options;
    this.#relayed = helpers && client.through(relayedExchange(helpers, client.timeout));
  }

  /** How many requests can be in progress, with those of others. */
  get connections(): number {
    const { connections, helpers } = this.#options;
    return connections + (helpers?.connections ?? 0);
  }

  /**
   * @throws {OutboxTakenError} if another process may deliver from the outbox
   * @throws {Error} as `client.journals.execute`
   */
  async execute(journals: readonly TransactionJournalInput[]): Promise<RealtimeResponse> {
    const { program, connections, helpers, mustBeOurs } = this.#options;
    if (this.#relayed && helpers?.hasRoom === true && this.#own >= connections) {
      try {
        return await this.#relayed.journals.execute(program, journals);
      } catch (error) {
        if (!(error instanceof LostAnswerError) || error.mayHaveHappened) throw error;
        mustBeOurs();
      }
    }
    return this.#sendNow(journals);
  }

  async #sendNow(journals: readonly TransactionJournalInput[]): Promise<RealtimeResponse> {
    const { client, program } = this.#options;
    this.#own += 1;
    try {
      return await client.journals.execute(program, journals);
    } finally {
      this.#own -= 1;
    }
  }
}
