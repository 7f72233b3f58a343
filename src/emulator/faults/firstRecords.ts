import { RequestBody } from '../http/requestBody.js';

/** Names of the lists in requests with several records or parts: journals, collections, actions, composite requests. */
const listNames = ['transactionJournals', 'records', 'inputs', 'compositeRequest', 'batchRequests', 'graphs'] as const;

/** Whether the request has several records, so that only some of them can be done. */
export function isDivisible(body: RequestBody): boolean {
  return (listOf(body)?.list.length ?? 0) > 1;
}

/** Returns the request with only its first `count` records: by default half of them, and never all. */
export function firstRecords(body: RequestBody, count?: number): RequestBody {
  const found = listOf(body);
  if (!found) return body;
  const { object, name, list } = found;
  const first = Math.min(count ?? Math.floor(list.length / 2), list.length - 1);
  return RequestBody.ofJson({ ...object, [name]: list.slice(0, first) });
}

function listOf(body: RequestBody) {
  const object = objectOf(body);
  for (const name of listNames) {
    const list = object?.[name];
    if (Array.isArray(list)) return { object, name, list: list as unknown[] };
  }
  return undefined;
}

function objectOf(body: RequestBody): Record<string, unknown> | undefined {
  try {
    return body.object();
  } catch {
    return undefined;
  }
}
