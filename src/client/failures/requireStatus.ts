import { requestName } from '../../contract/endpoint.js';
import type { LoyaltyEndpoint } from '../../contract/endpoint.js';
import { LoyaltyProcessError } from './callErrors.js';

/**
 * For resources that report a failure with HTTP 200.
 *
 * @throws {LoyaltyProcessError} for `status: false`
 */
export function requireStatus(
  answer: { readonly status: boolean; readonly message?: string | null | undefined },
  endpoint: LoyaltyEndpoint,
): void {
  if (!answer.status) throw new LoyaltyProcessError(answer).ofRequest(requestName(endpoint));
}
