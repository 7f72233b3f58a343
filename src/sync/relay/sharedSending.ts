import type { MonotonicClock } from '../../base/clock.js';
import { LostAnswerError, LoyaltyApiError, failedJournalsVerdict, verdict } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import type { RealtimeResponse, TransactionJournalInput } from '../../contract/endpoints/realtimeEndpoints.js';
import type { Relay } from '../../outbox/index.js';
import { relayedExchange } from './relayedExchange.js';
import { StandbyRefusalError } from './standbyRefusalError.js';

export interface SharedSendingOptions {
  readonly client: LoyaltyClient;
  readonly program: string;
  /** How many requests this machine can have in progress. */
  readonly connections: number;
  /** Undefined if nobody else can send. */
  readonly relay: Relay | undefined;
  readonly clock: Pick<MonotonicClock, 'monotonic'>;
  /**
   * Is called before this machine sends what a standby could not.
   * @throws {OutboxTakenError} if another process may deliver from the outbox
   */
  readonly mustBeOurs: () => void;
}

/**
 * What a standby could not send leaves from here only so many milliseconds later: what was asked before, such as whether
 * another process sends the source, must not be out of date, and no request may be under way for twice its time limit.
 */
const soon = 5000;

/** Sends requests with journals from this machine, and from standbys when its own connections are all in use. */
export class SharedSending {
  readonly #options: SharedSendingOptions;
  readonly #relayed: LoyaltyClient | undefined;
  /**
   * Numbers of journals that were refused for the user of a standby, and leave from here from now on: otherwise, one that
   * the org refuses for every user would be offered again and again.
   */
  readonly #refusedThere = new Set<string>();
  /** Requests that this machine has in progress. */
  #own = 0;

  constructor(options: SharedSendingOptions) {
    const { client, relay } = options;
    this.#options = options;
    this.#relayed = relay && client.through(relayedExchange(relay, client.timeout));
  }

  /** How many requests can be in progress, with those of standbys. */
  get connections(): number {
    const { connections, relay } = this.#options;
    return connections + (relay?.connections ?? 0);
  }

  /**
   * What a standby could not send, or what its user may not do, leaves from here, even if all connections of this
   * machine are in use, unless the standby has said so late: then it is sent again as if this machine had not reached the
   * org. A single journal that the org refuses for its user leaves from here from then on.
   * @throws {StandbyRefusalError} if the org has refused a single journal for the user of a standby
   * @throws {OutboxTakenError} if another process may deliver from the outbox
   * @throws {Error} as `client.journals.execute`
   */
  async execute(journals: readonly TransactionJournalInput[]): Promise<RealtimeResponse> {
    const { program, connections, relay, clock, mustBeOurs } = this.#options;
    if (this.#relayed && relay?.hasRoom === true && this.#own >= connections && !this.#hasRefused(journals)) {
      const began = clock.monotonic();
      try {
        return await this.#relayed.journals.execute(program, journals);
      } catch (error) {
        if (mayBeRefusedForUser(error, journals)) throw this.#refusal(error, journals);
        if (!mayLeaveFromHere(error, journals.length)) throw error;
        if (clock.monotonic() >= began + soon) throw new LostAnswerError('reset', tooLate, false);
        mustBeOurs();
      }
    }
    return this.#sendNow(journals);
  }

  #hasRefused(journals: readonly TransactionJournalInput[]): boolean {
    return journals.some((journal) => this.#refusedThere.has(numberOf(journal)));
  }

  #refusal(error: LoyaltyApiError, journals: readonly TransactionJournalInput[]): StandbyRefusalError {
    for (const journal of journals) this.#refusedThere.add(numberOf(journal));
    return new StandbyRefusalError(error);
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

const tooLate = 'A standby could not send the request, and said so late.';

/**
 * Whether nothing was stored, and the cause may be that of the standby alone: its way to the org, or its user, who may be
 * allowed less than ours.
 */
function mayLeaveFromHere(error: unknown, journals: number): boolean {
  if (error instanceof LostAnswerError) return !error.mayHaveHappened;
  const judgment = failedJournalsVerdict(error, journals);
  return judgment.kind === 'stop' && judgment.nothingStored;
}

/** Of several journals, those that the org does not refuse are found by halves. */
function mayBeRefusedForUser(error: unknown, journals: readonly TransactionJournalInput[]): error is LoyaltyApiError {
  return error instanceof LoyaltyApiError && journals.length === 1 && verdict(error, 1).kind === 'refused';
}

function numberOf({ ExternalTransactionNumber = '' }: TransactionJournalInput): string {
  return ExternalTransactionNumber;
}
