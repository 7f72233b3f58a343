import { OrgRefusal } from '../orgRefusal.js';
import type { OrgResponse } from '../http/orgEndpoint.js';
import type { Fault } from './faultPlan.js';

type Of<Kind extends Fault['fault']> = Extract<Fault, { fault: Kind }>;

/** The answer of a failure, as the fault plan defines it. */
export function failureResponse({
  status,
  errorCode,
  message,
  body,
  contentType,
}: Of<'error' | 'partial'>): OrgResponse {
  if (body === undefined) return { status, body: [{ message, errorCode }] };
  if (typeof body === 'string') return { status, body, headers: { 'content-type': contentType ?? 'text/plain' } };
  if (contentType === undefined) return { status, body };
  return { status, body: JSON.stringify(body), headers: { 'content-type': contentType } };
}

/** The platform's answer for an expired session. */
export const sessionIsOver = toResponse(new OrgRefusal(401, 'INVALID_SESSION_ID', 'Session expired or invalid'));

/** The platform's texts ("API Request Limits and Allocations"; the concurrent one is from the community). */
const limitTexts = { daily: 'TotalRequests Limit exceeded.', concurrent: 'ConcurrentPerOrgLongTxn Limit exceeded.' };

export function quotaResponse({ limit }: Pick<Of<'quota'>, 'limit'>): OrgResponse {
  return toResponse(new OrgRefusal(403, 'REQUEST_LIMIT_EXCEEDED', limitTexts[limit]));
}

/** An HTML page like those that load balancers send, and the platform during maintenance. */
export function pageResponse({ status, body }: Of<'html'>): OrgResponse {
  const page = `<!DOCTYPE html><html><head><title>Error</title></head><body><h1>${status}</h1><p>Down for maintenance</p></body></html>`;
  return { status, body: body ?? page, headers: { 'content-type': 'text/html' } };
}

/** Cuts off the end of an answer. It is still complete for HTTP, but no longer valid JSON. */
export function cutOff({ status, body, headers }: OrgResponse, share: number): OrgResponse {
  if (body === undefined) return { status, headers };
  const whole =
    typeof body === 'string' || Buffer.isBuffer(body) ? Buffer.from(body) : Buffer.from(JSON.stringify(body));
  const length = Math.min(Math.floor(whole.length * share), whole.length - 1);
  const type = { 'content-type': 'application/json;charset=UTF-8' };
  return { status, body: whole.subarray(0, Math.max(0, length)), headers: { ...type, ...headers } };
}

function toResponse(error: OrgRefusal): OrgResponse {
  return { status: error.status, body: error.toBody() };
}
