import { OrgRefusal } from '../../orgRefusal.js';
import type { OrgRequest } from '../../http/orgEndpoint.js';
import { matches, readEntityTags } from './entityTags.js';
import type { EntityTag } from './entityTags.js';

/*
 * Conditional requests: they apply only if a record has changed, or has not changed, since a time (in seconds) or since
 * the state with a given entity tag (REST guide, "Conditional Request Headers"). Deletions have no conditions.
 */

/** State of the resource that a request addresses. */
export interface State {
  /** Time of the last change, in milliseconds. */
  readonly at: number;
  /** Only accounts have an entity tag. */
  readonly tag?: EntityTag | undefined;
}

/**
 * Whether the caller already knows the state, according to `If-None-Match` or else `If-Modified-Since`. As HTTP
 * prescribes, invalid headers are ignored in requests that only read.
 */
export function isKnown({ headers }: OrgRequest, { at, tag }: State): boolean {
  const known = headers['if-none-match']?.toString();
  if (tag !== undefined && known !== undefined) return matches(readEntityTags(known) ?? [], tag);
  return Date.parse(headers['if-modified-since']?.toString() ?? '') >= at;
}

/** @throws {OrgRefusal} 412 when `If-Match` does not contain the tag of the current state */
export function requireMatch({ headers }: OrgRequest, { tag }: State): void {
  const wanted = headers['if-match']?.toString();
  if (tag === undefined || wanted === undefined) return;
  if (!matches(readEntityTags(wanted) ?? [], tag)) throw failed('The record has none of the entity tags of If-Match');
}

/**
 * @param state called only if the request has a condition
 * @throws {OrgRefusal} 412 when a condition of a write is not met, 400 when a condition is invalid
 */
export function requireConditions({ headers }: OrgRequest, state: () => State | undefined): void {
  requireUnmodified(headers, state);
  requireTags(headers, state);
}

function requireUnmodified(headers: OrgRequest['headers'], state: () => State | undefined): void {
  const given = headers['if-unmodified-since']?.toString();
  if (given === undefined) return;
  const time = Date.parse(given);
  if (Number.isNaN(time)) throw invalidHeader('If-Unmodified-Since is not a date', given);
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
    if (!tags) throw invalidHeader(`${name} is not a list of entity tags such as "a1B2="`, given);
    const tag = state()?.tag;
    if (tag !== undefined && matches(tags, tag) !== isWanted) {
      throw failed(`The record has ${isWanted ? 'none' : 'one'} of the entity tags of ${name}`);
    }
  }
}

export function validators({ at, tag }: State): Record<string, string> {
  return { 'last-modified': new Date(at).toUTCString(), ...(tag !== undefined && { etag: tag }) };
}

function invalidHeader(what: string, given: string): OrgRefusal {
  return new OrgRefusal(400, 'INVALID_HEADER_VALUE', `${what}: ${given}`);
}

function failed(message: string): OrgRefusal {
  return new OrgRefusal(412, 'PRECONDITION_FAILED', message);
}
