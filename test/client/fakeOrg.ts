import { LoyaltyClient } from '../../src/client/index.js';
import { Loopback, json } from './loopback.js';
import { Connection } from '@jsforce/jsforce-node';

/** Rows by the object that a query asks for, or the code with which the org refuses the query. */
export type Tables = Record<string, Record<string, unknown>[] | string>;

/** A client whose org answers queries from tables, without looking at their conditions. */
export async function orgWith(
  tables: Tables,
): Promise<{ org: Loopback; client: LoyaltyClient; soql: string[] } & AsyncDisposable> {
  const soql: string[] = [];
  const org = await Loopback.start((response, { method, url }) => {
    if (method === 'PATCH') {
      response.writeHead(204).end();
      return;
    }
    if (method === 'POST') {
      json(response, 201, { id: 'new', success: true, errors: [] });
      return;
    }
    const query = new URL(url, 'http://org').searchParams.get('q') ?? '';
    soql.push(query);
    const records = tables[/ FROM (\w+)/.exec(query)?.[1] ?? ''] ?? [];
    if (typeof records === 'string') json(response, 400, [{ errorCode: records, message: 'refused' }]);
    else json(response, 200, { totalSize: records.length, done: true, records });
  });
  return { org, client: clientOf(org), soql, [Symbol.asyncDispose]: () => org[Symbol.asyncDispose]() };
}

/** Its today is 15 June 2026. */
export function clientOf(org: Loopback): LoyaltyClient {
  const connection = new Connection({ instanceUrl: org.url, accessToken: 'token' });
  return new LoyaltyClient(connection, { now: () => Date.parse('2026-06-15T12:00:00Z') });
}
