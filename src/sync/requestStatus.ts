import type { Failure } from './attempt.js';
import type { SyncRequest } from './syncWatch.js';

/** Returns what the end of a request means to those who watch. */
export function requestStatus(
  result: object | { readonly failure: Failure },
): Pick<SyncRequest, 'status' | 'code' | 'isLocked'> {
  if (!('failure' in result)) return { status: 'done' };
  const { failure } = result;
  const isLocked = failure.kind === 'later' && failure.pause === 'lock';
  return { status: failure.kind, code: failure.code ?? undefined, ...(isLocked && { isLocked }) };
}
