import { isOfOrg } from './failures/isPassing.js';
import { UnknownMemberError } from './failures/lookUpErrors.js';
import { verdict } from './failures/verdict.js';

/** Why one member of many was not served. `unknown`: it can be repeated, which finds out. */
export interface MemberFailure {
  readonly status: 'failed' | 'unknown';
  readonly error: { readonly code: string; readonly message: string };
}

/** @throws {Error} the same error, if it is not about this member but would meet every one */
export function memberFailure(error: unknown): MemberFailure {
  if (error instanceof UnknownMemberError)
    return { status: 'failed', error: { code: 'UNKNOWN_MEMBER', message: error.message } };
  const judgment = verdict(error);
  const { kind, code } = judgment;
  const isOfAll = kind === 'stop' || (kind === 'later' && judgment.pause === 'long');
  if (!(error instanceof Error) || !isOfOrg(error) || isOfAll) throw error;
  const status = kind === 'unknown' || kind === 'later' ? 'unknown' : 'failed';
  return { status, error: { code: code ?? kind.toUpperCase(), message: error.message } };
}
