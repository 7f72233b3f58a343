import { LoyaltyApiError } from '../failures/callErrors.js';

/**
 * Returns an empty list if the org does not know the object, because it does not have the feature. Otherwise throws the
 * error.
 */
export function noneWithoutFeature(error: unknown): [] {
  if (error instanceof LoyaltyApiError && error.errorCode === 'INVALID_TYPE') return [];
  throw error;
}
