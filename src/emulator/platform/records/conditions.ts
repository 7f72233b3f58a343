import { ApiError } from '../../apiError.js';
import type { OrgRequest } from '../../http/endpoint.js';
import { type EntityTag, matches, readEntityTags } from './entityTags.js';

/*
 * Requests that count only if something has changed, or has not, since a time to the second or since a state of which
 * the caller has the entity tag (REST guide, "Conditional Request Headers"). Deletions take no conditions.
 */

/** State of what a request addresses. */
export interface State {
  /** Of the last change, in milliseconds. */
  readonly at: number;
  /** Only accounts have one. */
  readonly tag?: EntityTag | undefined;
}

/**
 * Whether the caller knows the state already, by `If-None-Match` or else by `If-Modified-Since`. Nonsense is ignored in
 * a request that only reads, as in HTTP.
 */
export function isKnown({ headers }: OrgRequest, { at, tag }: State): boolean {
  const known = headers['if-none-match']?.toString();
  if (tag !== undefined && known !== undefined) return matches(readEntityTags(known) ?? [], tag);
  return Date.parse(headers['if-modified-since']?.toString() ?? '') >= at;
}

/** @throws {ApiError} 412 where the tags of `If-Match` are of other states */
export function requireMatch({ headers }: OrgRequest, { tag }: State): void {
  const wanted = headers['if-match']?.toString();
  if (tag === undefined || wanted === undefined) return;
  if (!matches(readEntityTags(wanted) ?? [], tag)) throw failed('The record has none of the entity tags of If-Match');
}

/**
 * @param state asked only where the caller has a condition
 * @throws {ApiError} 412 where a condition of a write is not met, 400 where one cannot be read
 */
export function requireConditions({ headers }: OrgRequest, state: () => State | undefined): void {
  requireUnmodified(headers, state);
  requireTags(headers, state);
}

function requireUnmodified(headers: OrgRequest['headers'], state: () => State | undefined): void {
  const given = headers['if-unmodified-since']?.toString();
  if (given === undefined) return;
  const time = Date.parse(given);
  if (Number.isNaN(time)) throw invalidHeader('If-Unmodified-Since is no date', given);
  if ((state()?.at ?? 0) > time) throw failed('The record was modified after If-Unmodified-Since');
}

function requireTags(headers: OrgRequest['headers'], state: () => State | undefined): void {
  for (const [name, isWanted] of [
    ['If-Match', true],
    ['If-None-Match', false],
  ] as const) {
    const given = headers[name.toLowerCase()]?.toString();
    if (given === undefined) continue;
    const tags = readEntityTags(given);
    if (!tags) throw invalidHeader(`${name} is no list of entity tags such as "a1B2="`, given);
    const tag = state()?.tag;
    if (tag !== undefined && matches(tags, tag) !== isWanted) {
      throw failed(`The record has ${isWanted ? 'none' : 'one'} of the entity tags of ${name}`);
    }
  }
}

export function validators({ at, tag }: State): Record<string, string> {
  return { 'last-modified': new Date(at).toUTCString(), ...(tag !== undefined && { etag: tag }) };
}

function invalidHeader(what: string, given: string): ApiError {
  return new ApiError(400, 'INVALID_HEADER_VALUE', `${what}: ${given}`);
}

function failed(message: string): ApiError {
  return new ApiError(412, 'PRECONDITION_FAILED', message);
}
