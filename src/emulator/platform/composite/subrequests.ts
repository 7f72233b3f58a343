import { isJsonObject } from '../../../base/jsonObject.js';
import { OrgRefusal } from '../../orgRefusal.js';
import type { OrgRequest } from '../../http/orgEndpoint.js';
import { RequestBody } from '../../http/requestBody.js';
import type { Store } from '../../store/store.js';
import { References } from './partReferences.js';
import { isCollection } from './compositeResource.js';
import { errorResult, toResult } from './subrequest.js';
import type { Subrequest, SubrequestResult } from './subrequest.js';

/** Subrequests that may refer to each other's answers, and the request that contains them. */
export interface Series {
  readonly request: OrgRequest;
  readonly subrequests: readonly Subrequest[];
  /** @throws {OrgRefusal} when the subrequest's resource is not allowed here */
  readonly allow: (subrequest: Subrequest) => void;
}

export function errorOf(errorCode: string, message: string): OrgRefusal {
  return new OrgRefusal(400, errorCode, message);
}

/** Runs subrequests one after the other. If one fails, those that refer to it fail too, but the others still run. */
export function runEach(series: Series): SubrequestResult[] {
  const progress = { references: new References(series.request.version), known: new Set<string>() };
  return series.subrequests.map((subrequest) => {
    const result = run(subrequest, series, progress);
    if (!hasFailed(result)) progress.references.add(subrequest.referenceId, result.body);
    return result;
  });
}

/** Runs all subrequests in one transaction. `isSuccessful` is false if it was undone. */
export function runTogether(store: Store, series: Series): { results: SubrequestResult[]; isSuccessful: boolean } {
  const results: SubrequestResult[] = [];
  const progress = { references: new References(series.request.version), known: new Set<string>() };
  try {
    store.transaction(() => {
      for (const subrequest of series.subrequests) {
        const result = run(subrequest, series, progress);
        if (hasFailed(result) || hasFailedRow(subrequest, result)) throw new Halt(result);
        results.push(result);
        progress.references.add(subrequest.referenceId, result.body);
      }
    });
    return { results, isSuccessful: true };
  } catch (error) {
    if (!(error instanceof Halt)) throw error;
    const undone = series.subrequests.map((each, index) => undo(each, results[index]));
    return { results: undone.with(results.length, asFailed(error.result)), isSuccessful: false };
  }
}

interface Progress {
  readonly references: References;
  /** Reference ids used so far. */
  readonly known: Set<string>;
}

function run(subrequest: Subrequest, { request, allow }: Series, { references, known }: Progress): SubrequestResult {
  const { method, headers, referenceId } = subrequest;
  try {
    if (known.has(referenceId)) throw errorOf('PROCESSING_HALTED', `Duplicate ReferenceId found: ${referenceId}`);
    known.add(referenceId);
    const url = references.inUrl(subrequest.url);
    allow({ ...subrequest, url });
    const body =
      subrequest.body === undefined ? new RequestBody() : RequestBody.ofJson(references.inBody(subrequest.body));
    return toResult(subrequest, request.serve({ method, url, headers, body }));
  } catch (error) {
    if (error instanceof OrgRefusal) return errorResult(referenceId, error);
    throw error;
  }
}

/**
 * Status 300 means an upsert with an ambiguous key, which wrote nothing. Status 304 is the answer that a caller wants.
 */
function hasFailed({ httpStatusCode }: SubrequestResult): boolean {
  return httpStatusCode >= 300 && httpStatusCode !== 304;
}

/** A collection answers 200 even if rows failed. */
function hasFailedRow({ method, url }: Subrequest, { body }: SubrequestResult): boolean {
  if (method === 'GET' || !isCollection(url) || !Array.isArray(body)) return false;
  return body.some((row) => isJsonObject(row) && row['success'] === false);
}

/**
 * Returns the result of a subrequest that was undone or never tried. A collection keeps its results although its rows
 * were undone. Only the status shows that, so clients have to check it (guide, "allOrNone Parameters in Composite and
 * Collections Requests").
 */
function undo(subrequest: Subrequest, result: SubrequestResult | undefined): SubrequestResult {
  const isWritten = subrequest.method !== 'GET' && isCollection(subrequest.url);
  if (isWritten && result) return asFailed(result);
  const message = 'The transaction was rolled back since another operation in the same transaction failed.';
  return errorResult(subrequest.referenceId, errorOf('PROCESSING_HALTED', message));
}

/** If any subrequest fails, all of them get the status of an error. */
function asFailed(result: SubrequestResult): SubrequestResult {
  return result.httpStatusCode < 400 ? { ...result, httpStatusCode: 400 } : result;
}

/** Thrown to undo the transaction. It carries the answer of the failed subrequest. */
class Halt extends Error {
  override readonly name = 'Halt';

  constructor(readonly result: SubrequestResult) {
    super('A subrequest failed');
  }
}
