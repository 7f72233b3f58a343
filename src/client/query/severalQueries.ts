import { z } from 'zod';
import { CompositeResult } from '../../contract/query.js';
import { LoyaltyApiError } from '../failures/callErrors.js';
import { parseAnswer } from '../parseAnswer.js';
import type { Send } from '../transport/send.js';

/** Guide: "Composite" (at most 5 of its 25 parts may be queries). */
export const queriesAtOnce = 5;

const request = 'POST /composite';

/**
 * Asks several queries in one call. Returns the first page of each, in their order.
 * @param paths whole paths, such as `/services/data/v66.0/query?q=…`
 * @throws {LoyaltyApiError} for the first query that failed
 */
export async function askSeveral<T>(send: Send, paths: readonly string[], shape: z.ZodType<T>): Promise<T[]> {
  const compositeRequest = paths.map((url, index) => ({ method: 'GET', url, referenceId: `query${index}` }));
  const call = {
    method: 'POST',
    path: '/composite',
    body: { allOrNone: false, compositeRequest },
    isRead: true,
  } as const;
  const { compositeResponse } = await send(call, CompositeResult);
  for (const { httpStatusCode, body } of compositeResponse) {
    if (httpStatusCode < 300) continue;
    throw new LoyaltyApiError({
      statusCode: httpStatusCode,
      headers: {},
      body: JSON.stringify(body ?? null),
    }).ofRequest(request);
  }
  const pages = compositeResponse.map(({ body }) => body);
  const what = { what: 'An answer to several queries came', request, isRead: true };
  return parseAnswer(pages, z.array(shape).length(paths.length), what);
}
