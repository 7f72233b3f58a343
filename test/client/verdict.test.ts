import { expect } from 'chai';
import {
  LoginError,
  LostAnswerError,
  LoyaltyActionError,
  LoyaltyApiError,
  LoyaltyProcessError,
  journalsVerdict,
  verdict,
} from '../../src/client/index.js';
import type { LostAnswerKind } from '../../src/client/index.js';
import { decidingRow, verdictTable } from '../../src/client/failures/verdictTable.js';

interface Example {
  readonly status: number;
  /** The code in the org's error array. Null for a page from somewhere else. */
  readonly code: string | null;
  readonly message?: string;
  /** The expected verdict when one record was sent. */
  readonly kind: string;
  readonly nothingStored?: boolean;
  /** The expected verdict when several records were sent. Default: as for one. */
  readonly several?: boolean;
  readonly pause?: string;
}

const lock = 'unable to obtain exclusive access to this record or 200 records: 0lM1,0lM2';

const examples: readonly Example[] = [
  { status: 401, code: 'INVALID_SESSION_ID', kind: 'stop', nothingStored: true },
  {
    status: 403,
    code: 'REQUEST_LIMIT_EXCEEDED',
    message: 'ConcurrentPerOrgLongTxn Limit exceeded.',
    kind: 'later',
    nothingStored: true,
    pause: 'seconds',
  },
  {
    status: 403,
    code: 'REQUEST_LIMIT_EXCEEDED',
    message: 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
    kind: 'later',
    nothingStored: true,
    pause: 'seconds',
  },
  {
    status: 403,
    code: 'REQUEST_LIMIT_EXCEEDED',
    message: 'TotalRequests Limit exceeded.',
    kind: 'later',
    nothingStored: true,
    pause: 'long',
  },
  { status: 429, code: 'TOO_MANY_REQUESTS', kind: 'later', nothingStored: true, pause: 'seconds' },
  { status: 420, code: 'NO_ROUTE', kind: 'later', nothingStored: true, pause: 'seconds' },
  { status: 503, code: 'SERVER_UNAVAILABLE', kind: 'later', nothingStored: true, pause: 'seconds' },
  { status: 413, code: 'REQUEST_ENTITY_TOO_LARGE', kind: 'tooLarge', nothingStored: false },
  { status: 414, code: 'URI_TOO_LONG', kind: 'tooLarge', nothingStored: false },
  { status: 431, code: 'REQUEST_HEADER_FIELDS_TOO_LARGE', kind: 'tooLarge', nothingStored: false },
  { status: 400, code: 'UNABLE_TO_LOCK_ROW', kind: 'later', nothingStored: true, several: false, pause: 'lock' },
  { status: 500, code: 'UNABLE_TO_LOCK_ROW', kind: 'later', nothingStored: true, several: false, pause: 'lock' },
  {
    status: 400,
    code: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    message: `flow: ${lock}`,
    kind: 'later',
    nothingStored: true,
    several: false,
    pause: 'lock',
  },
  { status: 400, code: 'ALL_OR_NONE_OPERATION_ROLLED_BACK', kind: 'later', nothingStored: true, pause: 'none' },
  { status: 400, code: 'PROCESSING_HALTED', kind: 'later', nothingStored: true, pause: 'none' },
  { status: 400, code: 'QUERY_TIMEOUT', kind: 'tooLarge', nothingStored: true },
  {
    status: 400,
    code: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    message: 'Too many SOQL queries: 101',
    kind: 'tooLarge',
    nothingStored: true,
    several: false,
  },
  {
    status: 400,
    code: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    message: 'Trigger failed',
    kind: 'refused',
    nothingStored: true,
    several: false,
  },
  { status: 400, code: 'REQUEST_RUNNING_TOO_LONG', kind: 'tooLarge', nothingStored: false },
  { status: 400, code: 'STORAGE_LIMIT_EXCEEDED', kind: 'stop', nothingStored: true, several: false },
  { status: 400, code: 'TXN_SECURITY_NO_ACCESS', kind: 'stop', nothingStored: true },
  { status: 403, code: 'API_DISABLED_FOR_ORG', kind: 'stop', nothingStored: true },
  { status: 403, code: 'API_CURRENTLY_DISABLED', kind: 'stop', nothingStored: true },
  { status: 403, code: 'FUNCTIONALITY_NOT_ENABLED', kind: 'stop', nothingStored: true },
  { status: 403, code: 'INSUFFICIENT_ACCESS_OR_READONLY', kind: 'stop', nothingStored: true },
  { status: 403, code: 'ANY_OTHER', kind: 'stop', nothingStored: true },
  // A page of a gateway says nothing about the org, whatever its status.
  { status: 401, code: null, kind: 'unknown' },
  { status: 429, code: null, kind: 'unknown' },
  { status: 403, code: null, kind: 'unknown' },
  { status: 404, code: null, kind: 'unknown' },
  { status: 400, code: 'INSUFFICIENT_ACCESS', kind: 'stop', nothingStored: true },
  {
    status: 400,
    code: 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    kind: 'refused',
    nothingStored: true,
    several: false,
  },
  { status: 400, code: 'DUPLICATE_VALUE', kind: 'refused', nothingStored: false },
  { status: 404, code: 'ENTITY_IS_DELETED', kind: 'refused', nothingStored: true, several: false },
  { status: 404, code: 'NOT_FOUND', kind: 'stop', nothingStored: true },
  { status: 405, code: 'METHOD_NOT_ALLOWED', kind: 'stop', nothingStored: true },
  { status: 501, code: 'NOT_IMPLEMENTED', kind: 'stop', nothingStored: true },
  { status: 300, code: null, kind: 'unknown' },
  { status: 307, code: null, kind: 'unknown' },
  { status: 400, code: 'UNKNOWN_EXCEPTION', kind: 'unknown' },
  { status: 500, code: 'UNKNOWN_EXCEPTION', kind: 'unknown' },
  { status: 500, code: 'UNKOWN_EXCEPTION', kind: 'unknown' },
  { status: 500, code: 'MULTIPLE_VOUCHERS', kind: 'refused', nothingStored: true, several: false },
  { status: 500, code: 'ANY_OTHER', kind: 'unknown' },
  { status: 502, code: null, kind: 'unknown' },
  { status: 503, code: null, kind: 'unknown' },
  { status: 504, code: null, kind: 'unknown' },
  { status: 408, code: null, kind: 'unknown' },
  { status: 400, code: 'REQUIRED_FIELD_MISSING', kind: 'refused', nothingStored: true, several: false },
  { status: 409, code: 'ALREADY_REDEEMED_VOUCHER', kind: 'refused', nothingStored: true, several: false },
  { status: 400, code: null, kind: 'unknown' },
];

function apiError({ status, code, message = 'text' }: Example, headers: Record<string, string> = {}): LoyaltyApiError {
  const body = code === null ? '<html></html>' : JSON.stringify([{ errorCode: code, message }]);
  return new LoyaltyApiError({ statusCode: status, headers, body });
}

describe('the verdict on a failure answer', () => {
  for (const example of examples) {
    const { status, code, message, kind, nothingStored, several = nothingStored, pause } = example;
    it(`${status} ${code ?? 'without a code'}${message ? ` (${message})` : ''}: ${kind}`, () => {
      const expected = (stored: boolean | undefined) => ({
        kind,
        code,
        ...(stored !== undefined && { nothingStored: stored }),
        ...(pause && { pause }),
      });
      expect(verdict(apiError(example))).to.include(expected(nothingStored));
      expect(verdict(apiError(example), 200)).to.include(expected(several));
    });
  }

  it('has an example for every row of the table', () => {
    const decided = examples.map(({ status, code, message }) =>
      decidingRow({ status, code, text: `${code ?? ''} ${message ?? ''}` }),
    );
    expect(verdictTable.filter((row) => !decided.includes(row))).to.be.empty;
  });

  it('takes a page about the size of a call for unknown after one record, and sends several by halves', () => {
    for (const status of [413, 414, 431]) {
      const page = apiError({ status, code: null, kind: 'unknown' });
      expect(verdict(page)).to.include({ kind: 'unknown', code: null });
      expect(verdict(page, 2)).to.include({ kind: 'tooLarge', nothingStored: false });
    }
  });

  it('considers every error in the body', () => {
    const body = JSON.stringify([
      { errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message: 'failed' },
      { errorCode: 'UNABLE_TO_LOCK_ROW', message: 'locked' },
    ]);
    expect(verdict(new LoyaltyApiError({ statusCode: 400, headers: {}, body }))).to.include({
      kind: 'later',
      pause: 'lock',
    });
  });

  it('says what to do before the run can continue', () => {
    const missing = verdict(apiError({ status: 403, code: 'FUNCTIONALITY_NOT_ENABLED', kind: 'stop' }));
    expect(missing).to.have.property(
      'toDo',
      'Turn on Loyalty Management and give the user its license and permission set.',
    );
  });

  it('has the pause that the answer asks for, in seconds or until a time', () => {
    const busy: Example = { status: 429, code: 'TOO_MANY_REQUESTS', kind: 'later' };
    const until = { 'retry-after': 'Fri, 03 Apr 2026 08:01:30 GMT', date: 'Fri, 03 Apr 2026 08:00:00 GMT' };
    expect(verdict(apiError(busy, { 'retry-after': '120' }))).to.include({ retryAfter: 120_000 });
    expect(verdict(apiError(busy, until))).to.include({ retryAfter: 90_000 });
    expect(verdict(apiError(busy, { 'retry-after': 'soon' }))).to.not.have.property('retryAfter');
    expect(verdict(apiError(busy))).to.not.have.property('retryAfter');
  });
});

describe('the verdict on other failures', () => {
  it('a process that failed may have stored something, even for one journal', () => {
    const failed = new LoyaltyProcessError({ status: false, message: 'No active process was found.' });
    expect(verdict(failed)).to.include({
      kind: 'refused',
      nothingStored: false,
      reason: 'No active process was found.',
    });
  });

  it('a process that met a lock may be run later', () => {
    const failed = new LoyaltyProcessError({ status: false, message: `UNABLE_TO_LOCK_ROW: ${lock}` });
    expect(verdict(failed)).to.include({ kind: 'later', nothingStored: false, pause: 'lock' });
  });

  it('an action that failed is judged by its code', () => {
    const failed = (errorCode: string) => new LoyaltyActionError('creditPoints', [{ errorCode, message: 'text' }]);
    expect(verdict(failed('INVALID_ID_FIELD'))).to.include({ kind: 'refused', nothingStored: true });
    expect(verdict(failed('UNABLE_TO_LOCK_ROW'))).to.include({ kind: 'later', pause: 'lock' });
    expect(verdict(failed(''))).to.include({ kind: 'refused' });
    expect(verdict(failed('UNKNOWN_EXCEPTION'))).to.include({ kind: 'unknown' });
  });

  it('an answer that is lost is unknown, unless nothing was sent', () => {
    const lost = (kind: LostAnswerKind, sent: boolean) => verdict(new LostAnswerError(kind, 'text', sent));
    expect(lost('timeout', true)).to.include({ kind: 'unknown' });
    expect(lost('timeout', false)).to.include({ kind: 'later', nothingStored: true });
    expect(lost('notConnected', false)).to.include({ kind: 'later', nothingStored: true, pause: 'seconds' });
    expect(lost('notSent', false)).to.include({ kind: 'stop', nothingStored: true });
    expect(lost('unreadable', true)).to.include({ kind: 'unknown' });
  });

  it('a login that is refused stops the run, unless there were too many', () => {
    expect(verdict(new LoginError('invalid_grant'))).to.include({ kind: 'stop', code: 'invalid_grant' });
    expect(verdict(new LoginError('rate_limit_exceeded'))).to.include({ kind: 'later', nothingStored: true });
  });

  it('anything else is unknown', () => {
    expect(verdict(new TypeError('x is not a function'))).to.include({ kind: 'unknown' });
    expect(verdict(undefined)).to.include({ kind: 'unknown' });
  });
});

describe('the verdict on an answer to journals', () => {
  const results = (count: number) => ({ transactionJournalResult: Array.from({ length: count }, () => ({})) });

  it('all are done when there are as many results as journals', () => {
    expect(journalsVerdict({ status: true, processResult: results(3) }, 3)).to.deep.equal({ kind: 'done' });
  });

  it('nothing is known if there are more or fewer', () => {
    for (const count of [0, 2, 4]) {
      expect(journalsVerdict({ status: true, processResult: results(count) }, 3)).to.include({ kind: 'unknown' });
    }
    expect(journalsVerdict({ status: true, processResult: null }, 1)).to.include({ kind: 'unknown' });
  });

  it('a failure of the engine is refused', () => {
    expect(journalsVerdict({ status: false, message: 'no' }, 3)).to.include({ kind: 'refused', nothingStored: false });
  });
});
