import { isJsonObject } from '../../../base/jsonObject.js';
import { OrgRefusal, notImplemented } from '../../orgRefusal.js';
import type { Endpoint, OrgRequest, OrgResponse, RequestPart } from '../../http/orgEndpoint.js';
import { RequestBody } from '../../http/requestBody.js';
import type { Org } from '../../org.js';
import { unexpected } from './collectionRequest.js';
import { notWithin, resourceOf } from './compositeResource.js';
import type { Resource } from './compositeResource.js';

const mostSubrequests = 25;
/** Resources that a batch may contain (guide, REST API, "Composite Batch"). */
const allowed = /^(?:limits|sobjects|query|queryAll|search|connect|chatter|actions)(?:\/|$)/;
const oldestVersion = 34;

/**
 * Independent requests in one call. The work of one stays done even if a later one fails. Each counts against the API
 * limit.
 */
export function batchEndpoints(org: Org): Endpoint[] {
  return [
    {
      method: 'POST',
      path: '/services/data/:version/composite/batch',
      since: 34,
      handle: (request) => batch(org, request),
    },
  ];
}

interface BatchResult {
  readonly statusCode: number;
  readonly result: unknown;
}

function batch({ usage }: Org, request: OrgRequest): OrgResponse {
  const { haltOnError = false, batchRequests } = request.body.object();
  if (typeof haltOnError !== 'boolean') throw unexpected('haltOnError');
  const results: BatchResult[] = [];
  for (const part of readParts(batchRequests)) {
    const isHalted = haltOnError && results.some(isError);
    const isOverLimit = usage.used + results.length >= usage.max;
    const answer = isHalted ? refusal(halted) : isOverLimit ? refusal(overLimit) : serve(request, part);
    results.push({ statusCode: answer.status, result: answer.body ?? null });
  }
  const body = { hasErrors: results.some(isError), results };
  return { status: 200, body, calls: Math.max(1, results.length) };
}

/**
 * Reads parts such as `{ "method": "GET", "url": "v66.0/limits", "richInput": { … } }`.
 *
 * @throws {OrgRefusal} 400 LIMIT_EXCEEDED when there are too many parts, 400 JSON_PARSER_ERROR when a part has another
 *   form, 404 NOT_FOUND when a part refers to a binary file
 */
function readParts(batchRequests: unknown): RequestPart[] {
  if (!Array.isArray(batchRequests)) throw unexpected('batchRequests');
  if (batchRequests.length > mostSubrequests) {
    const message = `The request can’t contain more than ${mostSubrequests} operations.`;
    throw new OrgRefusal(400, 'LIMIT_EXCEEDED', message);
  }
  return batchRequests.map((item: unknown) => {
    if (!isJsonObject(item)) throw unexpected('a subrequest');
    const { method, url, richInput } = item;
    if (item['binaryPartName'] !== undefined) throw notImplemented('binary parts of a batch request');
    if (typeof method !== 'string') throw unexpected('method');
    if (typeof url !== 'string') throw unexpected('url');
    const body = richInput === undefined ? new RequestBody() : RequestBody.ofJson(richInput);
    return { method, url: toAddress(url), body };
  });
}

/** The guide shows both `v66.0/limits` and `/services/data/v66.0/limits`. */
function toAddress(url: string): string {
  return url.replace(/^\/?(?=v\d)/, '/services/data/');
}

function serve(request: OrgRequest, part: RequestPart): OrgResponse {
  try {
    requireAllowed(resourceOf(part.url), part.url, request.version);
    return request.serve(part);
  } catch (error) {
    if (error instanceof OrgRefusal) return refusal(error);
    throw error;
  }
}

function requireAllowed({ version, path }: Resource, url: string, newest: number): void {
  if (!allowed.test(path)) throw notWithin('batch', url);
  if (version >= oldestVersion && version <= newest) return;
  const message = `The version of a subrequest must be between v${oldestVersion}.0 and v${newest}.0: ${url}`;
  throw new OrgRefusal(400, 'INVALID_INPUT', message);
}

function isError({ statusCode }: BatchResult): boolean {
  return statusCode >= 400;
}

/** Salesforce publishes the code, but not the text. */
const halted = new OrgRefusal(412, 'BATCH_PROCESSING_HALTED', 'Batch processing halted per request');
const overLimit = new OrgRefusal(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');

function refusal(error: OrgRefusal): OrgResponse {
  return { status: error.status, body: error.toBody() };
}
