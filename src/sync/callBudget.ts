import type { LoyaltyClient } from '../client/index.js';
import type { StopReason } from './attempt.js';

/** Share of the daily calls. */
const shortShare = 0.05;

/** The org's daily calls, part of which is kept in reserve for its other users. */
export class CallBudget {
  readonly #client: LoyaltyClient;
  readonly #reserve: number;

  constructor(client: LoyaltyClient, reserve: number) {
    this.#client = client;
    this.#reserve = reserve;
  }

  /** Calls that may still be made today. Undefined if the org does not say. */
  get left(): number | undefined {
    const usage = this.#client.apiUsage;
    return usage && usage.limit - usage.used - this.#reserve;
  }

  /** Whether only the reserve is left. */
  get isSpent(): boolean {
    return this.#reserve > 0 && (this.left ?? Infinity) <= 0;
  }

  /** Whether so few calls are left that only deliveries should make them. Unknown counts as enough. */
  get isShort(): boolean {
    const limit = this.#client.apiUsage?.limit ?? 0;
    return (this.left ?? Infinity) <= limit * shortShare;
  }

  /** Ends a run if only the reserve is left. Returns whether that is so. */
  endIfSpent(run: { stop(reason: StopReason): void }): boolean {
    if (this.isSpent) run.stop(this.#reason);
    return this.isSpent;
  }

  get #reason(): StopReason {
    const { used = 0, limit = 0 } = this.#client.apiUsage ?? {};
    return {
      code: 'RESERVE_REACHED',
      message: `The org has used ${used} of its ${limit} daily API calls; ${this.#reserve} are kept in reserve.`,
      action: 'Resume the run when the org has more calls left.',
    };
  }
}
