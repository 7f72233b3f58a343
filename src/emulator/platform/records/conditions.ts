import { ApiError } from '../../apiError.js';
import type { OrgRequest } from '../../http/endpoint.js';

/*
 * Requests that count only if something has changed, or has not, since a time to the second (REST guide, "Conditional
 * Request Headers"). Entity tags are not read: only accounts have them.
 */

/** Whether the caller knows the state of `at` already, by `If-Modified-Since`. Nonsense is ignored, as in HTTP. */
export function isKnown({ headers }: OrgRequest, at: number): boolean {
  return Date.parse(headers['if-modified-since']?.toString() ?? '') >= at;
}

/**
 * @param lastChange asked only where the caller has a condition
 * @throws ApiError 412 when there was a change after `If-Unmodified-Since`, 400 when that is no date
 */
export function requireUnmodified({ headers }: OrgRequest, lastChange: () => number): void {
  const given = headers['if-unmodified-since']?.toString();
  if (given === undefined) return;
  const time = Date.parse(given);
  if (Number.isNaN(time)) throw new ApiError(400, 'INVALID_HEADER_VALUE', `If-Unmodified-Since is no date: ${given}`);
  if (lastChange() > time)
    throw new ApiError(412, 'PRECONDITION_FAILED', 'The record was modified after If-Unmodified-Since');
}

export function lastModified(at: number): Record<string, string> {
  return { 'last-modified': new Date(at).toUTCString() };
}
