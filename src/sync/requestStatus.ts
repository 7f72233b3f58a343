import type { Failure } from './attempt.js';
import type { SyncRequest } from './syncWatch.js';

/** Returns what the end of a request means to those who watch. */
export function requestStatus(result: object | { readonly failure: Failure }): Pick<SyncRequest, 'status' | 'code'> {
  return 'failure' in result
    ? { status: result.failure.kind, code: result.failure.code ?? undefined }
    : { status: 'done' };
}
