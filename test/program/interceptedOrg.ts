import { LoyaltyClient } from '../../src/client/index.js';
import type { ClientOptions, HttpAnswer, HttpRequest } from '../../src/client/index.js';
import type { Emulator } from '../../src/emulator/index.js';

/** Decides about a request: returns an answer instead of the org's, throws for a lost one, or passes it on. */
export type Intercept = (request: HttpRequest, passOn: () => Promise<HttpAnswer>) => Promise<HttpAnswer>;

/** Returns a client of a local org whose requests all go through `intercept`. */
export function interceptedClient(org: Emulator, intercept: Intercept, options: ClientOptions = {}): LoyaltyClient {
  const passOn = async ({ method, url, headers, body }: HttpRequest): Promise<HttpAnswer> => {
    const all = { ...headers, authorization: `Bearer ${org.accessToken}` };
    const answer = await fetch(url, { method, headers: all, ...(body !== undefined && { body }) });
    return { statusCode: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
  };
  const connection = {
    instanceUrl: org.url,
    version: '66.0',
    exchange: (request: HttpRequest) => intercept(request, () => passOn(request)),
  };
  return new LoyaltyClient(connection, options);
}

/** Returns a client for which requests that create records of an object fail. */
export function failingClient(org: Emulator, object: string, failure: HttpAnswer | Error): LoyaltyClient {
  return interceptedClient(org, ({ method, body = '' }, passOn) => {
    if (method !== 'POST' || !body.includes(`"type":"${object}"`)) return passOn();
    return failure instanceof Error ? Promise.reject(failure) : Promise.resolve(failure);
  });
}

/** The answer of sObject Collections when one of the records of an object is refused. */
export function refusingClient(
  org: Emulator,
  object: string,
  error: { statusCode: string; message: string },
): LoyaltyClient {
  return interceptedClient(org, ({ method, body = '' }, passOn) => {
    if (method !== 'POST' || !body.includes(`"type":"${object}"`)) return passOn();
    const { records } = JSON.parse(body) as { records: { attributes: { type: string } }[] };
    const first = records.findIndex(({ attributes }) => attributes.type === object);
    const undone = { statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK', message: 'Record rolled back' };
    const results = records.map((_, index) => ({ success: false, errors: [index === first ? error : undone] }));
    return Promise.resolve({ statusCode: 200, headers: {}, body: JSON.stringify(results) });
  });
}
