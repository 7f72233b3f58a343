import { ApiError } from '../../apiError.js';
import type { OrgResponse } from '../../http/endpoint.js';
import { isObject, unexpected } from './collectionRequest.js';

/** A request within a composite or graph request. */
export interface Subrequest {
  readonly method: string;
  /** `/services/data/vNN.0/…` with references such as `@{account.id}` */
  readonly url: string;
  /** By which later ones refer to its answer. */
  readonly referenceId: string;
  /** JSON with references; absent without a body. */
  readonly body?: unknown;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface SubrequestResult {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly httpStatusCode: number;
  /** Null where the answer is not to one of the subrequests but to all of them. */
  readonly referenceId: string | null;
}

/** From here on an illegal referenceId fails the whole request; before, only what refers to it (guide, REST API). */
const strictSince = 52;
const legalId = /^[A-Za-z0-9]\w*$/;
const methods = new Set(['DELETE', 'GET', 'PATCH', 'POST', 'PUT']);
/** A subrequest has these from the request around it and may not give them (guide, REST API). */
const inherited = ['accept', 'authorization', 'content-type'];

/** The list of a composite or graph request. @throws ApiError 400 JSON_PARSER_ERROR for one that is not of the form */
export function readSubrequests(list: unknown, version: number): Subrequest[] {
  if (!Array.isArray(list)) throw unexpected('compositeRequest');
  return list.map((item) => readSubrequest(item, version));
}

function readSubrequest(item: unknown, version: number): Subrequest {
  if (!isObject(item)) throw unexpected('a subrequest');
  const { method, url, body, httpHeaders } = item;
  if (typeof method !== 'string' || !methods.has(method)) throw unexpected('method');
  if (typeof url !== 'string') throw unexpected('url');
  const headers = readHeaders(httpHeaders);
  return { method, url, referenceId: readReferenceId(item['referenceId'], version), body: body ?? undefined, headers };
}

function readReferenceId(id: unknown, version: number): string {
  if (typeof id === 'string' && (version < strictSince || legalId.test(id))) return id;
  const rule = `must start with a letter or a number, and it can contain only letters, numbers and underscores ('_').`;
  throw new ApiError(400, 'JSON_PARSER_ERROR', `Provided referenceId ('${String(id)}') ${rule}`);
}

function readHeaders(given: unknown): Record<string, string> {
  if (given === undefined || given === null) return {};
  if (!isObject(given)) throw unexpected('httpHeaders');
  const headers = Object.entries(given).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  for (const [name] of headers) if (inherited.includes(name)) throw unexpected(`httpHeaders: ${name}`);
  return Object.fromEntries(headers);
}

/** `location` becomes `Location`: in this place the names of headers have the form of the guide's examples. */
export function toResult(
  { referenceId }: Subrequest,
  { status, body = null, headers = {} }: OrgResponse,
): SubrequestResult {
  const named = Object.entries(headers).map(([name, value]) => [titled(name), value]);
  const httpHeaders = Object.fromEntries(named) as Record<string, string>;
  return { body, httpHeaders, httpStatusCode: status, referenceId };
}

export function errorResult(referenceId: string | null, error: ApiError): SubrequestResult {
  return { body: error.toBody(), httpHeaders: {}, httpStatusCode: error.status, referenceId };
}

function titled(header: string): string {
  return header.replace(/(?<![a-z])[a-z]/g, (letter) => letter.toUpperCase());
}
