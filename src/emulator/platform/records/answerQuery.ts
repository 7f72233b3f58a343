import type { OrgRequest, OrgResponse } from '../../http/orgEndpoint.js';
import { RequestBody } from '../../http/requestBody.js';
import { messageWithoutPlace } from '../../soql/index.js';

/**
 * Answers a query as the `query` resource answers it to the caller of a request. A refusal does not quote the query,
 * which the caller has not written.
 */
export function answerQuery(request: OrgRequest, soql: string): OrgResponse {
  const url = `/services/data/v${request.version}.0/query?q=${encodeURIComponent(soql)}`;
  const answer = answerGet(request, url);
  return answer.status === 400 ? { ...answer, body: (answer.body as Refusal[]).map(withoutPlace) } : answer;
}

interface Refusal {
  readonly message: string;
}

function withoutPlace(refusal: Refusal): Refusal {
  return { ...refusal, message: messageWithoutPlace(refusal.message) };
}

/** Answers what another resource answers to the caller of a request. */
export function answerGet(request: OrgRequest, url: string): OrgResponse {
  return request.serve({ method: 'GET', url, body: new RequestBody() });
}
