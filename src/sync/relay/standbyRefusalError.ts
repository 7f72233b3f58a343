import { LoyaltyCallError } from '../../client/index.js';
import type { FailureVerdict, LoyaltyApiError } from '../../client/index.js';

/**
 * The org has refused a journal for the user of a standby, who may be allowed less than ours. It may have stored it, so it
 * is looked up before it is sent from here.
 */
export class StandbyRefusalError extends LoyaltyCallError {
  override readonly name = 'StandbyRefusalError';
  readonly errorCode: string | null;

  constructor(refusal: LoyaltyApiError) {
    super(refusal.message, { cause: refusal });
    this.errorCode = refusal.errorCode;
  }

  judge(): FailureVerdict {
    const reason = 'The org has refused it for the user of a standby.';
    return { kind: 'later', code: this.errorCode, reason, nothingStored: false, pause: 'none' };
  }
}
