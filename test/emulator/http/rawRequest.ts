import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { Emulator } from '../../../src/emulator/index.js';

export interface RawAnswer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface RawRequest {
  readonly method?: string;
  /** Nothing is added but `host`. */
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

/** Sends what `fetch` does not let a caller send: any header, or none, and a body with any method. */
export async function rawRequest(org: Emulator, path: string, sent: RawRequest = {}): Promise<RawAnswer> {
  const { method = 'GET', headers = {}, body } = sent;
  const outgoing = request(org.url + path, { method, headers }).end(body);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  const text = Buffer.concat(await response.toArray()).toString();
  return { status: response.statusCode, headers: response.headers, text };
}
