import type { HttpAnswer } from '../../../src/client/failures/httpAnswer.js';
import { LoyaltyApiError } from '../../../src/client/failures/callErrors.js';
import { decidingRow, verdictTable } from '../../../src/client/failures/verdictTable.js';
import type { VerdictRow } from '../../../src/client/failures/verdictTable.js';
import { failure } from './answers.js';

/** An answer for every row of the verdict table, and sometimes a second one. */
const answers: readonly HttpAnswer[] = [
  failure(401, 'INVALID_SESSION_ID'),
  failure(403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentPerOrgLongTxn Limit exceeded.'),
  failure(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
  failure(429, 'TOO_MANY_REQUESTS'),
  { ...failure(429, 'TOO_MANY_REQUESTS'), headers: { 'retry-after': '7' } },
  failure(420, 'NO_ROUTE'),
  failure(503, 'SERVER_UNAVAILABLE'),
  failure(413, null),
  failure(414, null),
  failure(431, null),
  failure(400, 'UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record'),
  failure(400, 'CANNOT_EXECUTE_FLOW_TRIGGER', 'UNABLE_TO_LOCK_ROW, unable to obtain exclusive access to this record'),
  failure(400, 'PROCESSING_HALTED'),
  failure(400, 'OPERATION_TOO_LARGE'),
  failure(400, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'Too many SOQL queries: 101'),
  failure(400, 'REQUEST_RUNNING_TOO_LONG'),
  failure(400, 'STORAGE_LIMIT_EXCEEDED'),
  failure(400, 'TXN_SECURITY_METERING_ERROR'),
  failure(403, 'API_DISABLED_FOR_ORG'),
  failure(400, 'FUNCTIONALITY_NOT_ENABLED'),
  failure(403, 'FORBIDDEN'),
  failure(400, 'INSUFFICIENT_ACCESS'),
  failure(400, 'DUPLICATE_VALUE'),
  failure(404, 'ENTITY_IS_DELETED'),
  failure(404, 'NOT_FOUND'),
  failure(405, 'METHOD_NOT_ALLOWED'),
  failure(501, 'NOT_IMPLEMENTED'),
  failure(300, 'MULTIPLE_CHOICES'),
  failure(500, 'MULTIPLE_VOUCHERS'),
  failure(500, 'UNKNOWN_EXCEPTION'),
  failure(302, null),
  failure(502, null),
  failure(504, null),
  failure(503, null),
  failure(408, null),
  failure(400, 'REQUIRED_FIELD_MISSING', 'Quantity is missing.'),
  failure(400, null),
  failure(403, null),
  failure(429, null),
  failure(500, 'ANY_OTHER'),
];

type Outcome = VerdictRow['outcome'];

/** An answer and its verdict. */
export interface JudgedAnswer {
  readonly answer: HttpAnswer;
  readonly kind: Outcome['kind'];
  /** What may be stored after it. */
  readonly stored: 'nothing' | 'nothingIfSingle' | 'perhaps';
}

export const judgedAnswers: readonly JudgedAnswer[] = answers.map((answer) => {
  const outcome = rowOf(new LoyaltyApiError(answer))?.outcome;
  if (!outcome) throw new Error(`No row of the verdict table decides ${answer.statusCode} ${answer.body}`);
  return { answer, kind: outcome.kind, stored: outcome.kind === 'unknown' ? 'perhaps' : outcome.stored };
});

function rowOf(error: LoyaltyApiError): VerdictRow | undefined {
  const text = error.errors.map((item) => `${item.errorCode} ${item.message}`).join('\n');
  return decidingRow({ status: error.status, code: error.errorCode, text });
}

/** Returns the name of the row that judges a failure. */
export function verdictMark(error: LoyaltyApiError): string {
  const row = rowOf(error);
  return row ? markOf(row) : 'verdict: none';
}

export const verdictMarks: readonly string[] = verdictTable.map(markOf);

function markOf(row: VerdictRow): string {
  return `verdict: row ${verdictTable.indexOf(row) + 1}, ${row.reason}`;
}
