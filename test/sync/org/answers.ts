import type { HttpAnswer } from '../../../src/client/failures/httpAnswer.js';

const json = { 'content-type': 'application/json;charset=UTF-8' };

export function ok(body: unknown): HttpAnswer {
  return { statusCode: 200, headers: json, body: JSON.stringify(body) };
}

/** Returns an error in the words of the platform, or a page of a gateway, which has no code. */
export function failure(statusCode: number, errorCode: string | null, message = 'No.'): HttpAnswer {
  if (errorCode === null) return { statusCode, headers: { 'content-type': 'text/html' }, body: `<p>${message}</p>` };
  return { statusCode, headers: json, body: JSON.stringify([{ errorCode, message }]) };
}

/** Returns the answer of an engine that ran and failed. */
export function processFailure(message: string): HttpAnswer {
  return ok({ status: false, message });
}

/** A success that breaks off in the middle. */
export const truncated: HttpAnswer = { statusCode: 200, headers: json, body: '{"status":true,"processRes' };

/** A success whose number of results differs from the number of journals. */
export const oneResult: HttpAnswer = ok({
  status: true,
  processResult: { transactionJournalResult: [{ id: null }, { id: null }, { id: null }].slice(0, 1) },
});
