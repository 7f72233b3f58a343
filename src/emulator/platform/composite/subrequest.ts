import { isJsonObject } from '../../../base/jsonObject.js';
import { OrgRefusal } from '../../orgRefusal.js';
import type { OrgResponse } from '../../http/orgEndpoint.js';
import { unexpected } from './collectionRequest.js';

/** A request within a composite or graph request. */
export interface Subrequest {
  readonly method: string;
  /** `/services/data/vNN.0/…`, which may contain references such as `@{account.id}`. */
  readonly url: string;
  /** Later subrequests use it to refer to the answer of this one. */
  readonly referenceId: string;
  /** JSON, which may contain references. Absent if there is no body. */
  readonly body?: unknown;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface SubrequestResult {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly httpStatusCode: number;
  /** Null if the answer is for all subrequests together. */
  readonly referenceId: string | null;
}

/**
 * From this version on, an invalid referenceId makes the whole request fail. Before, only the subrequests that refer to
 * it fail (guide, REST API).
 */
const strictSince = 52;
const legalId = /^[A-Za-z0-9]\w*$/;
const methods = new Set(['DELETE', 'GET', 'PATCH', 'POST', 'PUT']);
/** Headers that a subrequest inherits from the outer request and must not contain (guide, REST API). */
const inherited = ['accept', 'authorization', 'content-type'];

/**
 * Reads the list in a composite or graph request.
 *
 * @throws {OrgRefusal} 400 JSON_PARSER_ERROR when it has another form
 */
export function readSubrequests(list: unknown, version: number): Subrequest[] {
  if (!Array.isArray(list)) throw unexpected('compositeRequest');
  return list.map((item) => readSubrequest(item, version));
}

function readSubrequest(item: unknown, version: number): Subrequest {
  if (!isJsonObject(item)) throw unexpected('a subrequest');
  const { method, url, body, httpHeaders } = item;
  if (typeof method !== 'string' || !methods.has(method)) throw unexpected('method');
  if (typeof url !== 'string') throw unexpected('url');
  const headers = readHeaders(httpHeaders);
  return { method, url, referenceId: readReferenceId(item['referenceId'], version), body: body ?? undefined, headers };
}

function readReferenceId(id: unknown, version: number): string {
  if (typeof id === 'string' && (version < strictSince || legalId.test(id))) return id;
  const rule = `must start with a letter or a number, and it can contain only letters, numbers and underscores ('_').`;
  throw new OrgRefusal(400, 'JSON_PARSER_ERROR', `Provided referenceId ('${String(id)}') ${rule}`);
}

function readHeaders(given: unknown): Record<string, string> {
  if (given === undefined || given === null) return {};
  if (!isJsonObject(given)) throw unexpected('httpHeaders');
  const headers = Object.entries(given).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  for (const [name] of headers) if (inherited.includes(name)) throw unexpected(`httpHeaders: ${name}`);
  return Object.fromEntries(headers);
}

/** Header names are capitalized here, as in the guide's examples: `location` becomes `Location`. */
export function toResult(
  { referenceId }: Subrequest,
  { status, body = null, headers = {} }: OrgResponse,
): SubrequestResult {
  const named = Object.entries(headers).map(([name, value]) => [titled(name), value]);
  const httpHeaders = Object.fromEntries(named) as Record<string, string>;
  return { body, httpHeaders, httpStatusCode: status, referenceId };
}

export function errorResult(referenceId: string | null, error: OrgRefusal): SubrequestResult {
  return { body: error.toBody(), httpHeaders: {}, httpStatusCode: error.status, referenceId };
}

function titled(header: string): string {
  return header.replace(/(?<![a-z])[a-z]/g, (letter) => letter.toUpperCase());
}
